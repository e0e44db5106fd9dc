import type { RecoveredItem, RecoveryStore, SentNote } from '../recovery/recovery.ts'

export interface Disk extends RecoveryStore {
  readonly items: Map<string, RecoveredItem>
  /** Whether there is no room for these. */
  isFull: (records: readonly RecoveredItem[]) => boolean
  /** How long it takes to copy these. */
  copy: (records: readonly RecoveredItem[]) => Promise<void>
}

/** A browser's storage that outlives the page. */
export function createDisk(): Disk {
  const items = new Map<string, RecoveredItem>()
  const notes = new Map<string, SentNote>()
  return {
    items,
    isFull: () => false,
    copy: async () => {},
    // One transaction: all or nothing.
    async save(records) {
      if (this.isFull(records)) throw new DOMException('full', 'QuotaExceededError')
      await this.copy(records)
      for (const record of records) items.set(record.id, record)
    },
    load: async () => [...items.values()].sort((a, b) => a.order - b.order).map((item) => ({ ...item, sent: notes.get(item.id) })),
    async note(all) {
      for (const [id, sent] of all) notes.set(id, sent)
    },
    async remove(ids) {
      for (const id of ids) if (items.delete(id)) notes.delete(id)
    },
    close() {},
  }
}
