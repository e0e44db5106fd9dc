import { lazily } from './lazily.ts'
import type { KeptItems, RecoveryPorts } from './recover-items.ts'
import type { RecoveryLives } from './recovery-lives.ts'
import type { UploadItem } from './upload-item.ts'

export interface UploaderRecovery extends Pick<RecoveryLives, 'keep' | 'forget'> {
  /** What an earlier page left behind; `undefined` where it is not asked for, or this was stopped meanwhile. */
  readonly load: () => Promise<KeptItems | undefined> | undefined
  readonly stop: () => void
}

/** The part that keeps what an uploader holds, as far as there is something to keep, and the option asks for it. */
export function createUploaderRecovery(ports: RecoveryPorts): UploaderRecovery {
  const { store, options } = ports
  let lives: RecoveryLives | null = null
  /** What was in the list at each stop until now, and was not kept yet. Another array after each. */
  let left: UploadItem[] = []
  const loadPart = lazily(() => import('./recovery-lives.ts').then(({ createRecoveryLives }) => (lives ??= createRecoveryLives(ports))))
  /** Not where it is not asked for. Stopped while it was loaded, it has something to leave at most. */
  const whenLoaded = <Value>(act: (loaded: RecoveryLives) => Value | Promise<Value>): Promise<Value | undefined> | undefined => {
    const began = left
    return options().recovery ? loadPart().then((loaded) => (began === left ? act(loaded) : loaded.leave(left))) : undefined
  }

  return {
    keep(anew) {
      whenLoaded((loaded) => loaded.keep(anew))?.catch((error: unknown) => store.emit({ type: 'recovery-failed', error }))
    },
    load: () => whenLoaded((loaded) => loaded.load()),
    forget: (ids) => lives?.forget(ids),
    stop() {
      left = [...left, ...(lives ? lives.stop() : options().recovery ? store.getSnapshot().items : [])]
    },
  }
}
