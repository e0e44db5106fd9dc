import type { ObjectEncryption } from '@cosdrop/protocol'
import { report, type ErrorListener } from '../handler/reply.ts'
import type { CosClient } from './cos-client.ts'
import { inTime } from './in-time.ts'

export interface CachedEncryptionOptions {
  /** Told why the bucket could not be asked; pages are told nothing then. */
  readonly onError?: ErrorListener | undefined
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** Milliseconds for which an answer is good: a bucket's default changes once in its life. */
const FRESH = 10 * 60_000
/** After a failure the next attempt waits, so that a missing permission does not cost a call for each page. */
const RETRY = 60_000
/** Milliseconds that a page waits for it: its limits come in the same reply. */
const PATIENCE = 5_000

/**
 * The bucket's default encryption for the policy endpoint's option `encryption`: asked once in ten minutes, however many pages want to know.
 * Needs the permission GetBucketEncryption.
 */
export function cachedEncryption(
  client: Pick<CosClient, 'getBucketEncryption'>,
  { onError, now = () => Date.now() }: CachedEncryptionOptions = {},
): () => Promise<ObjectEncryption | null> {
  let answer: Promise<ObjectEncryption | null> = Promise.resolve(null)
  let goodUntil = 0
  return () => {
    // With a timer of his own: Cloudflare Workers end what a request began as its page leaves, its timers too.
    if (now() < goodUntil) return inTime(PATIENCE, () => answer).catch(() => null)
    goodUntil = now() + PATIENCE
    const asked = inTime(PATIENCE, (signal) => client.getBucketEncryption({ signal }))
    const settle = (told: ObjectEncryption | null, good: number): ObjectEncryption | null => {
      goodUntil = now() + good
      return told
    }
    answer = asked.then(
      (told) => settle(told, FRESH),
      (error: unknown) => {
        report(error, onError)
        return settle(null, RETRY)
      },
    )
    return answer
  }
}
