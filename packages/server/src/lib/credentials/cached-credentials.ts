import { inTime } from '../client/in-time.ts'
import { timerWait, type Wait } from '../client/wait.ts'
import { report, type ErrorListener } from '../handler/reply.ts'
import { CosServerError } from '../server-error.ts'
import type { Credentials } from './credentials.ts'

export interface CachedCredentialsOptions {
  /**
   * Seconds before the end at which new ones are fetched. More than a policy lives, or policies would be cut short. What lives no longer than
   * that is fetched anew every ten seconds. @default 1200
   */
  readonly renewBefore?: number | undefined
  /** Told when a renewal failed and the old credentials still serve. */
  readonly onError?: ErrorListener | undefined
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined
  /** Waits for those who give no answer. @default setTimeout */
  readonly wait?: Wait | undefined
}

/** Seconds between two renewals, of which the first has failed, or brought credentials that are to be renewed at once. */
const PAUSE = 10
/** Milliseconds after which a call that has brought neither credentials nor an error counts as failed: all requests wait for it. */
const LONGEST_WAIT = 10_000
/** Milliseconds more that others leave a call, which ends by itself before that. */
const GRACE = 500

function late(): CosServerError {
  return new CosServerError('credentials-unavailable', `Whoever gives the credentials said nothing for ${LONGEST_WAIT / 1000} seconds.`, {})
}

/**
 * Keeps temporary credentials until shortly before they end. However many requests wait, one fetch is under way. When a renewal fails, or
 * brings nothing for ten seconds, the old ones serve on until they end.
 * @param fetchCredentials is told to stop when it has taken that long
 */
export function cachedCredentials(
  fetchCredentials: (signal: AbortSignal) => Promise<Credentials>,
  { renewBefore = 1200, onError, now = () => Date.now(), wait = timerWait }: CachedCredentialsOptions = {},
): () => Promise<Credentials> {
  let current: Credentials | null = null
  let pending: Promise<Credentials> | null = null
  let notBefore = 0
  let lostAfter = 0

  const secondsLeft = (credentials: Credentials): number => ((credentials.expiresAt ?? Infinity) - now()) / 1000

  async function renew(): Promise<Credentials> {
    try {
      current = await inTime(LONGEST_WAIT, fetchCredentials, { wait, late })
      return current
    } catch (error) {
      if (current === null || secondsLeft(current) <= 0) throw error
      report(error, onError)
      return current
    } finally {
      notBefore = now() + PAUSE * 1000
      pending = null
    }
  }

  async function credentials(): Promise<Credentials> {
    if (current !== null && (secondsLeft(current) > renewBefore || (now() < notBefore && secondsLeft(current) > 0))) return current
    if (pending === null || now() >= lostAfter) {
      lostAfter = now() + LONGEST_WAIT + GRACE
      pending = renew()
      return pending
    }
    // Cloudflare Workers end what a request began as its page leaves, its timers too, so that it never settles: who joins it has a timer of his own.
    const joined = pending
    const lost = late()
    try {
      return await inTime(lostAfter - now(), () => joined, { wait, late: () => lost })
    } catch (error) {
      if (error === lost) return credentials()
      throw error
    }
  }
  return credentials
}
