import type { Clock } from './clock.ts'

/**
 * Calls back after so many milliseconds in which the page was there to hear: what came while it stood still (a dialog, a frozen tab) is told after the
 * timers that fell due meanwhile, so the last two seconds are a timer of their own. Returns a function that stops it.
 */
export function afterStill(clock: Clock, ms: number, callback: () => void): () => void {
  const rest = Math.min(ms, 2_000)
  let stop = clock.after(ms - rest, () => {
    stop = clock.after(rest, callback)
  })
  return () => stop()
}
