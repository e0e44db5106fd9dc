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
  next: Version | null
}

/**
 * One map holds the present; each view holds what changed after it (Baker's trick: "Shallow binding makes functional arrays fast", 1991).
 * Older views point at newer ones and never the other way, so what nobody holds any more is collected.
 */
export function createItemTable(): ItemTable {
  const live = new Map<string, UploadItem>()
  let newest: Version | null = null

  const read = (version: Version, id: string): UploadItem | undefined => {
    for (let at: Version | null = version; at !== null; at = at.next) if (at.undo.has(id)) return at.undo.get(id)
    return live.get(id)
  }

  return {
    get: (id) => live.get(id),
    set(id, item) {
      if (newest !== null && !newest.undo.has(id)) newest.undo.set(id, live.get(id))
      if (item === undefined) live.delete(id)
      else live.set(id, item)
    },
    view(ids) {
      const version: Version = { undo: new Map(), next: null }
      if (newest !== null) newest.next = version
      newest = version
      return {
        size: ids.length,
        get: (id) => read(version, id),
        *[Symbol.iterator]() {
          for (const id of ids) {
            const item = read(version, id)
            if (item !== undefined) yield item
          }
        },
      }
    },
  }
}
