import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import { waitUnlessStopped } from './wait-unless-stopped.ts'

/** Waits on the uploader's clock; rejects with the signal's reason when it fires first. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let end = (): void => {}
  const over = waitUnlessStopped(clock, ms, (stop) => (end = stop))
  return untilAborted(signal, over).finally(() => end())
}
