import type { Clock } from '../clock.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

/** The clock of a page that may stand still, behind a dialog or frozen. */
export interface StandingClock {
  readonly clock: Clock
  readonly time: ManualClock
  /** So many milliseconds pass; what fell due meanwhile is called when the page goes on, before anything else that came. */
  readonly standStill: (ms: number) => Promise<void>
}

export function createStandingClock(): StandingClock {
  const time = createManualClock()
  const late: (() => void)[] = []
  let still = false
  return {
    clock: { now: time.now, after: (ms, callback) => time.after(ms, () => void (still ? late.push(callback) : callback())) },
    time,
    async standStill(ms) {
      still = true
      await time.advance(ms)
      still = false
      for (const callback of late.splice(0)) callback()
    },
  }
}
