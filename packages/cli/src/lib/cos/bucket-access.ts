import type { BucketAddress, Credentials } from '@cosdrop/server'

/** A bucket, the way to it, and who asks. */
export interface BucketAccess {
  readonly address: BucketAddress
  /** The bucket's URL, ending in `/`. */
  readonly url: string
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface SignedAccess extends BucketAccess {
  readonly credentials: Credentials
}
