import type { Clock } from './clock.ts'
import type { UploaderSettings } from './uploader-settings.ts'

/** Storage, or the way there, fails whoever is sent: then one after the other is sent to see, and the others keep their tries. */
export interface Outage {
  /** Nobody is to start now. */
  readonly held: () => boolean
  /** One starts. What it returns says which failures it knew of. */
  readonly begin: () => number
  /** One failed that may succeed another time. */
  readonly failed: (begun: number) => void
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
    const { retry, options } = settings()
    const { random = Math.random } = options
    const left = since + patience - clock.now()
    if (failures < 2 || left <= 0) return
    stop?.()
    stop = clock.after(Math.min(left, random() * Math.min(retry.maxDelay, retry.baseDelay * 2 ** (failures - 2))), () => {
      stop = null
      pump()
    })
  }

  return {
    held: () => stop !== null,
    begin() {
      hold()
      return failures
    },
    failed(begun) {
      if (begun !== failures) return
      failures += 1
      if (failures < 3) since = clock.now()
      hold()
    },
    end() {
      failures = 0
      stop?.()
      stop = null
    },
  }
}
