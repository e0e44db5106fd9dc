import type { BucketConfig } from '../config/emulator-config.ts'

/** A bucket as it is now: calls such as PUT Bucket cors change it at run time. */
export type Bucket = BucketConfig

/** The buckets by name. A change replaces the bucket, so that a request sees one state from beginning to end. */
export class BucketRegistry {
  readonly #buckets: Map<string, Bucket>

  constructor(buckets: readonly BucketConfig[]) {
    this.#buckets = new Map(buckets.map((bucket) => [bucket.name, bucket]))
  }

  get(name: string): Bucket | null {
    return this.#buckets.get(name) ?? null
  }

  all(): readonly Bucket[] {
    return [...this.#buckets.values()]
  }

  change(name: string, part: Partial<Omit<Bucket, 'name' | 'region'>>): void {
    const bucket = this.#buckets.get(name)
    if (bucket !== undefined) this.#buckets.set(name, { ...bucket, ...part })
  }
}
