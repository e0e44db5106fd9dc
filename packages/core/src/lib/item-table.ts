import type { UploadItem } from './upload-item.ts'
import type { UploadItems } from './uploader-snapshot.ts'

/** The items by id, with immutable views of them: a view costs O(1) to take and keeps its contents while the table goes on changing. */
export interface ItemTable {
  readonly get: (id: string) => UploadItem | undefined
  /** `undefined` deletes. */
  readonly set: (id: string, item: UploadItem | undefined) => void
  readonly view: (ids: readonly string[]) => UploadItems
}

/** What the table held when a view was taken, for the ids that changed until the next view was. */
interface Version {
  readonly undo: Map<string, UploadItem | undefined>
  next?: Version
}

/**
 * One map holds the present; each view holds what changed after it (Baker's trick: "Shallow binding makes functional arrays fast", 1991).
 * Older views point at newer ones and never the other way, so what nobody holds any more is collected.
 */
export function createItemTable(): ItemTable {
  const live = new Map<string, UploadItem | undefined>()
  /** Nobody's any more, it need not be kept, nor what it would keep: the files of what was taken out. */
  let newest: WeakRef<Version> | undefined

  return {
    get: (id) => live.get(id),
    set(id, item) {
      const undo = newest?.deref()?.undo
      if (undo && !undo.has(id)) undo.set(id, live.get(id))
      if (item) live.set(id, item)
      else live.delete(id)
    },
    view(ids) {
      const version: Version = { undo: new Map() }
      const before = newest?.deref()
      if (before) before.next = version
      newest = new WeakRef(version)
      const get = (id: string): UploadItem | undefined => {
        let at: Version | undefined = version
        while (at && !at.undo.has(id)) at = at.next
        return (at?.undo ?? live).get(id)
      }
      return { size: ids.length, get, [Symbol.iterator]: () => ids.flatMap((id) => get(id) ?? []).values() }
    },
  }
}
