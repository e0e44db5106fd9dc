import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'

/** Waits on the uploader's clock; rejects with the signal's reason when it fires first. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let end = (): void => {}
  const over = waitUnlessStopped(clock, ms, (stop) => (end = stop))
  return untilAborted(signal, over).finally(() => end())
}

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
