import type { Clock } from './clock.ts'
import type { UploaderSettings } from './uploader-settings.ts'

/** Storage, or the way there, fails whoever is sent: then one after the other is sent to see, and the others keep their tries. */
export interface Outage {
  /** Which of those who wait is to start now, as an index: who has not failed yet, since the others may fail for reasons of their own. -1: nobody. */
  readonly pick: (line: readonly { readonly failures: number }[]) => number
  /** One starts. What it returns says which failures it knew of. */
  readonly begin: () => number
  /** One failed that may succeed another time. */
  readonly failed: (begun: number) => void
  /** It is over. Who tells that lets start who may. */
  readonly end: () => void
}

/** Milliseconds. Then each file tries for itself: who waits for an end is to have one. */
const patience = 120_000

/** @param pump starts what may start */
export function createOutage(clock: Clock, settings: () => UploaderSettings, pump: () => void): Outage {
  /** How often one failed that had started after the failure before. The first says something of its own file alone. */
  let failures = 0
  let since = 0
  let stop: (() => void) | null = null

  const hold = (): void => {
    if (failures < 2) return
    const { retry, options } = settings()
    const { random = Math.random } = options
    const left = since + patience - clock.now()
    if (left <= 0) return
    stop?.()
    stop = clock.after(Math.min(left, random() * Math.min(retry.maxDelay, retry.baseDelay * 2 ** (failures - 2))), () => {
      stop = null
      pump()
    })
  }

  return {
    pick: (line) => (stop ? -1 : Math.max(0, failures < 2 ? 0 : line.findIndex((job) => !job.failures))),
    begin() {
      hold()
      return failures
    },
    failed(begun) {
      if (begun !== failures) return
      // What was long ago was another trouble.
      if (clock.now() > since + 2 * patience) failures = 0
      if (++failures < 3) since = clock.now()
      hold()
    },
    end() {
      failures = 0
      stop?.()
      stop = null
    },
  }
}
