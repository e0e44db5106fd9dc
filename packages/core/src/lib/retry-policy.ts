import type { RetryOptions } from './retry-options.ts'
import type { AnyUploadError } from './upload-error.ts'
import type { Filled } from './filled.ts'

/**
 * A Retry-After beyond this many milliseconds is taken as this many: a server's slip must not park a file for a day. An hour, since that is what
 * endpoints count their limits by.
 */
const longestRetryAfter = 3_600_000

/** Two uploads to one key have met, which says nothing of storage, nor of others. */
export function isConflict({ code, details }: AnyUploadError): boolean {
  return code === 'service' && details.status === 409
}

/** Storage is asked for too much: fewer uploads at a time are wise. */
export function isThrottle(error: AnyUploadError): boolean {
  return error.code === 'service' && error.details.problem === 'busy' && !isConflict(error)
}

/** The policy, or the key that signed it, has run out. */
export function isExpired(error: AnyUploadError): boolean {
  return error.code === 'policy-expired' || (error.code === 'service' && error.details.problem === 'expired')
}

/**
 * Whether sending the same again can succeed. Everything else is a fact that no repetition changes, or (`outcome-unknown`) unsafe to repeat.
 * @param attempt the one that failed
 */
export function isWorthRetrying({ code, details }: AnyUploadError, attempt = 1): boolean {
  if (code === 'service') return details.status >= 500 || details.problem === 'busy' || details.problem === 'timeout'
  // What the browser itself, or the page, forbids stays forbidden. A connection that broke just once looks like CORS to the probe, hence one more try.
  if (code === 'network') return details.probe !== 'mixed-content' && details.probe !== 'csp' && (details.probe !== 'cors' || attempt < 2)
  return code === 'stalled' || code === 'policy-unreachable'
}

/**
 * Milliseconds to wait before attempt `attempt + 1`, or `null` when there is none. Exponential back-off with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/); Retry-After is the least.
 * @param attempt the one that failed, 1 for the first
 * @param random 0 up to 1. @default Math.random
 * @param spared failures that took no attempt, and make the wait longer all the same
 */
export function retryDelay(
  error: AnyUploadError,
  attempt: number,
  retry: Filled<RetryOptions>,
  random: () => number = Math.random,
  spared = 0,
): number | null {
  const asked = 'retryAfter' in error.details ? (error.details.retryAfter ?? 0) * 1_000 : 0
  // Asked this way round, what is no number of attempts (NaN, of a setting that was not read) has an end too.
  if (!(attempt < retry.attempts && isWorthRetrying(error, attempt))) return null
  const most = Math.min(retry.maxDelay, retry.baseDelay * 2 ** (attempt + spared - 1))
  // What is no number, of a setting that was not read, would be no wait at all.
  return Math.min(asked, longestRetryAfter) + random() * (most >= 0 ? most : 30_000)
}
