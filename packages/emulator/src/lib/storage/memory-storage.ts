import type { ByteSource } from '../exchange/cos-request.ts'
import { isPresent, ObjectIndex } from './object-index.ts'
import type { ObjectRecord, ObjectVersion } from './object-record.ts'
import type { BlobWriter, ObjectStorage } from './object-storage.ts'

async function* partOf(chunks: readonly Uint8Array[], start: number, end: number): ByteSource {
  let at = 0
  for (const chunk of chunks) {
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, chunk.length)]
    at += chunk.length
    if (from < to) yield chunk.subarray(from, to)
    if (at >= end) return
  }
}

/** Objects in memory, for tests: nothing to clean up, nothing left behind. */
export class MemoryStorage implements ObjectStorage {
  readonly #index = new ObjectIndex()
  readonly #blobs = new Map<string, readonly Uint8Array[]>()
  #made = 0

  createBlob(): Promise<BlobWriter> {
    const name = `blob-${++this.#made}`
    const chunks: Uint8Array[] = []
    return Promise.resolve({
      write: (bytes) => {
        // Copied: the caller may reuse its buffer, and a view would keep the whole of it alive.
        chunks.push(bytes.slice())
        return undefined
      },
      finish: () => {
        this.#blobs.set(name, chunks)
        return Promise.resolve(name)
      },
      async *read() {
        yield* chunks
      },
      abort: () => {
        chunks.length = 0
        this.#blobs.delete(name)
        return Promise.resolve()
      },
    })
  }

  readBlob(record: ObjectVersion, start: number, end: number): ByteSource {
    // The chunks are taken at once, so that an overwritten object can still be read to its end.
    return partOf(this.#blobs.get(record.blob) ?? [], start, end)
  }

  versionsOf(bucket: string, key: string): readonly ObjectRecord[] {
    return this.#index.versionsOf(bucket, key)
  }

  keysOf(bucket: string): readonly string[] {
    return this.#index.keysOf(bucket)
  }

  put(record: ObjectRecord, { onlyIfAbsent = false }: { readonly onlyIfAbsent?: boolean } = {}): Promise<boolean> {
    if (onlyIfAbsent && isPresent(this.versionsOf(record.bucket, record.key))) return Promise.resolve(false)
    const replaced = this.#index.add(record)
    if (replaced?.kind === 'object') this.#blobs.delete(replaced.blob)
    return Promise.resolve(true)
  }

  update(version: ObjectVersion, change: (stored: ObjectVersion) => ObjectVersion): Promise<void> {
    const stored = this.#index.stored(version)
    if (stored !== null) this.#index.replace(change(stored))
    return Promise.resolve()
  }

  remove(bucket: string, key: string, versionId: string): Promise<ObjectRecord | null> {
    const record = this.#index.find(bucket, key, versionId)
    if (record !== null) this.#index.remove(record)
    if (record?.kind === 'object') this.#blobs.delete(record.blob)
    return Promise.resolve(record)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
