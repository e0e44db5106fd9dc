import type { Clock } from '../clock.ts'

/** Calls back once nothing has been heard for a while. `restart` with another limit when another phase begins. */
export interface StallTimer {
  /** @param ms how long silence is borne from now on; `Infinity` for ever */
  restart(ms: number): void
  stop(): void
}

export function createStallTimer(clock: Clock, onStall: () => void): StallTimer {
  let heardAt = 0
  let limit = 0
  let cancel: (() => void) | null = null

  // One pending timer that looks when something was last heard: a busy upload reports thousands of times a second in some browsers.
  const arm = (ms: number): void => {
    cancel = clock.after(ms, () => {
      cancel = null
      const left = heardAt + limit - clock.now()
      if (left > 0) arm(left)
      else onStall()
    })
  }
  const stop = (): void => {
    cancel?.()
    cancel = null
  }
  return {
    restart(ms) {
      heardAt = clock.now()
      if (ms === limit && cancel) return
      stop()
      limit = ms
      if (Number.isFinite(ms)) arm(ms)
    },
    stop,
  }
}
