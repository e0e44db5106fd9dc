import type { ObjectRecord, ObjectVersion } from './object-record.ts'

const encoder = new TextEncoder()

/** The order in which COS lists keys. */
export function compareUtf8(a: string, b: string): number {
  const [left, right] = [encoder.encode(a), encoder.encode(b)]
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Which versions every key of every bucket has, newest first. */
export class ObjectIndex {
  readonly #buckets = new Map<string, Map<string, readonly ObjectRecord[]>>()

  versionsOf(bucket: string, key: string): readonly ObjectRecord[] {
    return this.#buckets.get(bucket)?.get(key) ?? []
  }

  keysOf(bucket: string): readonly string[] {
    return [...(this.#buckets.get(bucket)?.keys() ?? [])].toSorted(compareUtf8)
  }

  find(bucket: string, key: string, versionId: string): ObjectRecord | null {
    return this.versionsOf(bucket, key).find((record) => record.versionId === versionId) ?? null
  }

  /** What is known of a version by now. What overwrites one may have its id, but never its bytes. */
  stored({ bucket, key, versionId, blob }: ObjectVersion): ObjectVersion | null {
    const record = this.find(bucket, key, versionId)
    return record?.kind === 'object' && record.blob === blob ? record : null
  }

  /** Puts a record before all others of its key; returns the one with the same id that it replaced. */
  add(record: ObjectRecord): ObjectRecord | null {
    const before = this.find(record.bucket, record.key, record.versionId)
    const others = this.versionsOf(record.bucket, record.key).filter((other) => other !== before)
    this.#set(record.bucket, record.key, [record, ...others])
    return before
  }

  /** Puts a record in the place of the one with the same id. */
  replace(record: ObjectRecord): void {
    const versions = this.versionsOf(record.bucket, record.key)
    this.#set(
      record.bucket,
      record.key,
      versions.map((other) => (other.versionId === record.versionId ? record : other)),
    )
  }

  remove(record: ObjectRecord): void {
    const rest = this.versionsOf(record.bucket, record.key).filter((other) => other.versionId !== record.versionId)
    this.#set(record.bucket, record.key, rest)
  }

  #set(bucket: string, key: string, versions: readonly ObjectRecord[]): void {
    const keys = this.#buckets.get(bucket) ?? new Map<string, readonly ObjectRecord[]>()
    this.#buckets.set(bucket, keys)
    if (versions.length === 0) keys.delete(key)
    else keys.set(key, versions)
  }
}

/** Whether the key's newest version can be read: it exists and is no delete marker. */
export function isPresent(versions: readonly ObjectRecord[]): boolean {
  return versions[0]?.kind === 'object'
}
