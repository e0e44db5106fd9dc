import type { Clock } from '../clock.ts'
import { nextTask } from '../next-task.ts'

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on, calling what falls due in order; promises get their turn in between. */
  readonly advance: (ms: number) => Promise<void>
  /** Callbacks that are still to come. 0 after `destroy` means that no timer leaked. */
  readonly pending: () => number
}

/** @param start milliseconds. @default 0 */
export function createManualClock(start = 0): ManualClock {
  let now = start
  let timers: { readonly at: number; readonly callback: () => void }[] = []

  const after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: now + Math.max(0, ms), callback }
    timers.push(timer)
    return () => {
      timers = timers.filter((other) => other !== timer)
    }
  }

  return {
    now: () => now,
    after,
    pending: () => timers.length,
    async advance(ms) {
      const end = now + ms
      // The uploader loads them when it needs them; no time passes meanwhile.
      await loadParts()
      await settlePromises()
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.callback()
        await settlePromises()
      }
      now = end
    },
  }
}

function loadParts(): Promise<unknown> {
  return Promise.all([
    import('../admission.ts'),
    import('../confirm/confirm-upload.ts'),
    import('../failures.ts'),
    import('../form/refuse-form.ts'),
    import('../hashing/prove-file.ts'),
    import('../recovery-lives.ts'),
    import('../response/read-unusual-reply.ts'),
    import('../upload-runner.ts'),
  ])
}

/** Lets everything run that waits for promises alone: a task of its own comes after all of them. */
async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await nextTask()
}
