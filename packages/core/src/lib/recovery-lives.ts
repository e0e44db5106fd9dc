import { onceAfterTurn } from './once-after-turn.ts'
import { startRecovery, type KeptItems, type Leaving, type Recovery, type RecoveryPorts } from './recover-items.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploaderSnapshot } from './uploader-snapshot.ts'

/** An uploader's recovery from one `stop` to the next, and after that anew. Loaded when there is something to keep. */
export interface RecoveryLives {
  /** Begins, where it has not. @param anew writes too what no event tells: a file that is wanted again */
  readonly keep: (anew?: boolean) => void
  /** What an earlier page left behind; `undefined` where this was stopped meanwhile. */
  readonly load: () => Promise<KeptItems | undefined>
  /** Also after `stop`. */
  readonly forget: (ids: readonly string[]) => void
  /** Returns what waits and is not kept, where this has not begun. */
  readonly stop: () => readonly UploadItem[]
  /** Keeps what a list held that was left before this had begun. @param items as they were then, each time that it was left; none are left in it */
  readonly leave: (items: UploadItem[]) => undefined
}

const waits = ({ status }: UploadItem): boolean => status === 'queued' || status === 'hashing' || status === 'signing'

export function createRecoveryLives(ports: RecoveryPorts): RecoveryLives {
  let current: Recovery | null = null
  /** Those before each `stop`, which have left behind what is still in the list. */
  let formers: readonly Recovery[] = []
  let left: Leaving | undefined

  const forget = (ids: readonly string[]): void => {
    formers = formers.filter((former) => former.forget(ids))
  }
  const end = (own: Recovery): void => {
    left = own.stop()
    formers = [...formers, own]
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
      const unkept = current ? [] : [...ports.store.getSnapshot().items].filter(waits)
      if (current) end(current)
      current = null
      forget([])
      return unkept
    },
    leave(items) {
      const { store } = ports
      const waited = new Map<string, UploadItem>()
      // Not what was taken out since. Of what was on its way nobody knows any more whether it may be stored.
      for (const item of items.splice(0)) {
        if (waits(item) && store.getItem(item.id)) waited.set(item.id, item)
        // Canceled it is by being left, the time before.
        else if (item.status !== 'canceled') waited.delete(item.id)
      }
      if (!waited.size) return
      const getSnapshot = (): UploaderSnapshot => ({
        ...store.getSnapshot(),
        items: { size: waited.size, get: (id) => waited.get(id), [Symbol.iterator]: () => waited.values() },
      })
      end(startRecovery({ ...ports, store: { ...store, getSnapshot } }, left))
    },
  }
}
