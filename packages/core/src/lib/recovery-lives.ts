import { onceAfterTurn } from './once-after-turn.ts'
import { startRecovery, type KeptItems, type Leaving, type Recovery, type RecoveryPorts } from './recover-items.ts'

/** An uploader's recovery from one `stop` to the next, and after that anew. Loaded when there is something to keep. */
export interface RecoveryLives {
  /** Begins, where it has not. @param anew writes too what no event tells: a file that is wanted again */
  readonly keep: (anew?: boolean) => void
  /** What an earlier page left behind; `undefined` where this was stopped meanwhile. */
  readonly load: () => Promise<KeptItems | undefined>
  /** Also after `stop`. */
  readonly forget: (ids: readonly string[]) => void
  readonly stop: () => void
}

export function createRecoveryLives(ports: RecoveryPorts): RecoveryLives {
  let current: Recovery | null = null
  /** Those before each `stop`, which have left behind what is still in the list. */
  let formers: readonly Recovery[] = []
  let left: Leaving | undefined

  const forget = (ids: readonly string[]): void => {
    formers = formers.filter((former) => former.forget(ids))
  }
  const begin = (): Recovery => (current ??= startRecovery(ports, left))
  const catchUpSoon = onceAfterTurn(() => current?.catchUp())

  return {
    keep(anew) {
      begin()
      if (anew) catchUpSoon()
    },
    async load() {
      const own = begin()
      const kept = await own.load()
      return own === current ? kept : undefined
    },
    // They hear of no event, and may not have written yet what they have left.
    forget,
    stop() {
      if (current) {
        left = current.stop()
        formers = [...formers, current]
        current = null
      }
      forget([])
    },
  }
}
