import type { Exchange } from '../exchange/exchange.ts'

/** How often a key was asked for, by method. An upload that a fault cut counts as well: that is what it is for. */
export type MethodCounts = Readonly<Record<string, number>>

interface BucketCounts {
  readonly methods: Map<string, number>
  readonly keys: Map<string, Map<string, number>>
}

function countUp(counts: Map<string, number>, method: string): void {
  counts.set(method, (counts.get(method) ?? 0) + 1)
}

/** Every request since the beginning or the last `clear`, without the limit that the request log has. */
export class RequestCounts {
  readonly #buckets = new Map<string, BucketCounts>()

  add({ request: { method }, address: { bucket }, key }: Pick<Exchange, 'request' | 'address' | 'key'>): void {
    if (bucket === null) return
    const counts = this.#buckets.get(bucket) ?? { methods: new Map<string, number>(), keys: new Map<string, Map<string, number>>() }
    this.#buckets.set(bucket, counts)
    countUp(counts.methods, method)
    if (key === null) return
    const ofKey = counts.keys.get(key) ?? new Map<string, number>()
    counts.keys.set(key, ofKey)
    countUp(ofKey, method)
  }

  /** Of the whole bucket, requests whose form never said a key among them. */
  ofBucket(bucket: string): MethodCounts {
    return Object.fromEntries(this.#buckets.get(bucket)?.methods ?? [])
  }

  /** The keys that were asked for, whether they are stored or not. */
  keysOf(bucket: string): readonly string[] {
    return [...(this.#buckets.get(bucket)?.keys.keys() ?? [])]
  }

  ofKey(bucket: string, key: string): MethodCounts {
    return Object.fromEntries(this.#buckets.get(bucket)?.keys.get(key) ?? [])
  }

  clear(): void {
    this.#buckets.clear()
  }
}
