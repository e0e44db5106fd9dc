import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'

/** Waits on the uploader's clock; rejects with the signal's reason when it fires first. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined
  try {
    await untilAborted(signal, new Promise<void>((resolve) => (stop = clock.after(ms, resolve))))
  } finally {
    stop?.()
  }
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
