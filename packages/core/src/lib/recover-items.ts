import { createRecoveryStore, type RecoveredItem, type RecoveryStore } from './recovery/recovery.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploaderStore } from './uploader-store.ts'

/** Keeps what an uploader holds over a reload. Loaded only where the option `recovery` is set. */
export interface Recovery {
  /** The items that an earlier page left behind, unfinished ones as `queued`. */
  readonly load: () => Promise<readonly UploadItem[]>
  /** Writes what no event has told: what is to be sent again, what happened in this turn. */
  readonly catchUp: () => void
  readonly stop: () => void
}

export function startRecovery(recovery: string | RecoveryStore, store: UploaderStore): Recovery {
  const kept = typeof recovery === 'string' ? createRecoveryStore({ name: recovery }) : recovery
  let last: Promise<unknown> = Promise.resolve()
  /** What is kept, and whether with its result. */
  const known = new Map<string, boolean>()
  const places = new Map<string, number>()

  /** One after the other, or a removal could overtake the saving. */
  const next = (write: () => Promise<void>): void => {
    last = last.then(write).catch((error: unknown) => store.emit({ type: 'recovery-failed', error }))
  }
  const placeOf = (id: string): number => {
    const place = places.get(id) ?? places.size
    places.set(id, place)
    return place
  }
  const save = (items: readonly UploadItem[]): void => {
    const wanted = items.filter(({ status }) => status !== 'canceled')
    for (const { id, status } of wanted) known.set(id, status === 'success')
    const records = wanted.map((item) => toRecord(item, placeOf(item.id)))
    if (records.length > 0) next(() => kept.save(records))
  }
  const forget = (ids: readonly string[]): void => {
    for (const id of ids) known.delete(id)
    if (ids.length > 0) next(() => kept.remove(ids))
  }

  const catchUp = (): void => {
    const items = [...store.getSnapshot().items]
    const wanted = new Set(items.flatMap(({ id, status }) => (status === 'canceled' ? [] : id)))
    forget([...known.keys()].filter((id) => !wanted.has(id)))
    save(items.filter(({ id, status }) => known.get(id) !== (status === 'success')))
  }

  const stopListening = store.onEvent((event) => {
    if (event.type === 'files-added') save(event.items)
    else if (event.type === 'upload-succeeded') save([event.item])
    else if (event.type === 'upload-canceled' || event.type === 'item-removed') forget([event.item.id])
  })
  // What was added while this part was being loaded.
  catchUp()

  return {
    load: async () => (await kept.load()).map(fromRecord),
    catchUp,
    stop() {
      stopListening()
      // Events are told after the turn, and this hears no more of them.
      catchUp()
      void last.then(() => kept.close())
    },
  }
}

function toRecord(item: UploadItem, order: number): RecoveredItem {
  const { id, file, name, size, type, relativePath, priority } = item
  const result = item.status === 'success' ? item.result : null
  return { id, file: result === null ? file : null, name, size, type, relativePath, priority, order, result }
}

function fromRecord({ file, result, ...base }: RecoveredItem): UploadItem {
  const { id, name, size, type, relativePath, priority } = base
  const item = { id, file: file ?? new Blob([], { type }), name, size, type, relativePath, priority }
  return result === null ? { ...item, status: 'queued' } : { ...item, status: 'success', result }
}
