import { lazily } from './lazily.ts'
import { onceAfterTurn } from './once-after-turn.ts'
import type { KeptItems, Recovery, RecoveryPorts } from './recover-items.ts'

/** An uploader's recovery: loaded when there is something to keep, let go of by `stop`, and begun anew after that. */
export interface UploaderRecovery {
  /** Begins where the option asks for it. @param anew writes too what no event tells: a file that is wanted again */
  readonly keep: (anew?: boolean) => void
  /** What an earlier page left behind; `undefined` where this was stopped meanwhile. */
  readonly load: () => Promise<KeptItems | undefined>
  /** Also after `stop`. */
  readonly forget: (ids: readonly string[]) => void
  readonly stop: () => void
}

export function createUploaderRecovery(ports: RecoveryPorts): UploaderRecovery {
  const { store, options } = ports
  const loadPart = lazily(() => import('./recover-items.ts'))
  let current: Recovery | null = null
  /** Those before each `stop`, which have left behind what is still in the list. */
  const formers: Recovery[] = []
  let stops = 0

  const begin = async (): Promise<Recovery | null> => {
    const began = stops
    const { startRecovery } = await loadPart()
    return began === stops ? (current ??= startRecovery(ports)) : null
  }
  const catchUpSoon = onceAfterTurn(() => current?.catchUp())

  return {
    keep(anew) {
      if (options().recovery)
        begin().then(
          () => anew && catchUpSoon(),
          (error: unknown) => store.emit({ type: 'recovery-failed', error }),
        )
    },
    async load() {
      const own = options().recovery ? await begin() : null
      const kept = await own?.load()
      return own === current ? kept : undefined
    },
    // They hear of no event, and may not have written yet what they have left.
    forget: (ids) => formers.forEach((former) => former.forget(ids)),
    stop() {
      current?.stop()
      if (current) formers.push(current)
      current = null
      stops += 1
    },
  }
}
