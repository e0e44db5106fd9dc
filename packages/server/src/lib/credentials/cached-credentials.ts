import type { ErrorListener } from '../handler/reply.ts'
import type { Credentials } from './credentials.ts'

export interface CachedCredentialsOptions {
  /** Seconds before the end at which new ones are fetched. More than a policy lives, or policies would be cut short. @default 1200 */
  readonly renewBefore?: number
  /** Told when a renewal failed and the old credentials still serve. */
  readonly onError?: ErrorListener
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number
}

/** Seconds for which old credentials stay in use after a failed renewal before the next attempt. */
const PAUSE = 10

/**
 * Keeps temporary credentials until shortly before they end. However many requests wait, one fetch is under way. When a renewal fails, the old
 * ones serve on until they end.
 */
export function cachedCredentials(
  fetchCredentials: () => Promise<Credentials>,
  { renewBefore = 1200, onError, now = Date.now }: CachedCredentialsOptions = {},
): () => Promise<Credentials> {
  let current: Credentials | null = null
  let pending: Promise<Credentials> | null = null
  let notBefore = 0

  const secondsLeft = (credentials: Credentials): number => ((credentials.expiresAt ?? Infinity) - now()) / 1000

  async function renew(): Promise<Credentials> {
    try {
      current = await fetchCredentials()
      return current
    } catch (error) {
      notBefore = now() + PAUSE * 1000
      if (current === null || secondsLeft(current) <= 0) throw error
      onError?.(error)
      return current
    } finally {
      pending = null
    }
  }

  return async () => {
    if (current !== null && (secondsLeft(current) > renewBefore || (now() < notBefore && secondsLeft(current) > 0))) return current
    pending ??= renew()
    return pending
  }
}
