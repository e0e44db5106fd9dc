import type { RecoveredItem } from './recovery.ts'

/** What a browser had no room for, and the bytes that have gone since. */
export interface RecordRoom {
  /** These are kept, or were by an earlier page. */
  readonly taken: (records: readonly RecoveredItem[]) => void
  readonly gone: (ids: readonly string[]) => void
  /** There was none for it. */
  readonly lacking: (record: RecoveredItem) => void
  /** Another record of it is to be kept. */
  readonly replaced: (id: string) => void
  /** Those that there may be room for by now. */
  readonly fitting: () => readonly RecoveredItem[]
}

/** Bytes that a record takes beside its file, more or less. */
const besides = 1_000

/** A record is not tried again for less than it needs: that may copy gigabytes. */
export function createRecordRoom(isWanted: (record: RecoveredItem) => boolean): RecordRoom {
  /** Bytes that each takes. */
  const sizes = new Map<string, number>()
  const homeless = new Map<string, RecoveredItem>()
  let room = 0

  const leave = (id: string): void => {
    room += sizes.get(id) ?? 0
    sizes.delete(id)
  }
  return {
    taken(records) {
      for (const { id, size, result } of records) {
        if (result) leave(id)
        else sizes.set(id, size + besides)
      }
    },
    gone: (ids) => ids.forEach(leave),
    lacking(record) {
      // What had gone before was not enough.
      if (homeless.size === 0) room = 0
      homeless.set(record.id, record)
    },
    replaced: (id) => void homeless.delete(id),
    fitting() {
      const records: RecoveredItem[] = []
      for (const record of homeless.values()) {
        const needed = record.size + besides
        const wanted = isWanted(record)
        if (wanted && needed > room) continue
        homeless.delete(record.id)
        if (!wanted) continue
        room -= needed
        records.push(record)
      }
      return records
    },
  }
}
