import { lazily } from './lazily.ts'
import type { RecoveryPorts } from './recover-items.ts'
import type { RecoveryLives } from './recovery-lives.ts'

/** The part that keeps what an uploader holds, as far as there is something to keep, and the option asks for it. */
export function createUploaderRecovery(ports: RecoveryPorts): RecoveryLives {
  const { store, options } = ports
  let lives: RecoveryLives | null = null
  let stops = 0
  const loadPart = lazily(() => import('./recovery-lives.ts').then(({ createRecoveryLives }) => (lives ??= createRecoveryLives(ports))))
  /** Not where it is not asked for, or was stopped while it was loaded. */
  const whenLoaded = async <Value>(act: (loaded: RecoveryLives) => Value | Promise<Value>): Promise<Value | undefined> => {
    const began = stops
    const loaded = options().recovery && (await loadPart())
    return loaded && began === stops ? act(loaded) : undefined
  }

  return {
    keep(anew) {
      whenLoaded((loaded) => loaded.keep(anew)).catch((error: unknown) => store.emit({ type: 'recovery-failed', error }))
    },
    load: () => whenLoaded((loaded) => loaded.load()),
    forget: (ids) => lives?.forget(ids),
    stop() {
      stops += 1
      lives?.stop()
    },
  }
}
