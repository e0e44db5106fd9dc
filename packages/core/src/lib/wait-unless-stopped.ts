import type { Clock } from './clock.ts'

/** Waits on the uploader's clock. @param hold is handed what ends the wait */
export function waitUnlessStopped(clock: Clock, ms: number, hold: (end: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const stop = clock.after(ms, resolve)
    hold(() => {
      stop()
      resolve()
    })
  })
}
