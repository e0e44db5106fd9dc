import { createRecordRoom, type RecordRoom } from './record-room.ts'
import type { RecoveredItem, RecoveryStore } from './recovery.ts'

export interface RecordWriter {
  /** To be written, of each item the last. */
  readonly add: (records: readonly RecoveredItem[]) => void
  /** Writes what was added until now and is still wanted. */
  readonly write: () => Promise<void>
  /** These have been removed: writes what there was no room for. */
  readonly removed: (ids: readonly string[]) => Promise<void>
  /** These are there from an earlier page. */
  readonly found: RecordRoom['taken']
}

/** Files written, or removed, at once. The browser looks at each that is written while the page waits: with ten thousand it stood still for a second. */
export const portion = 100

/** Whoever waits for a write is in the next, with all that came meanwhile: small files are stored faster than that is written one by one. */
export function createRecordWriter(
  kept: RecoveryStore,
  isWanted: (record: RecoveredItem) => boolean,
  failed: (error: unknown) => void,
): RecordWriter {
  const waiting = new Map<string, RecoveredItem>()
  const room = createRecordRoom(isWanted)

  /**
   * One by one where they do not go together: a file that there is no room for takes no other with it.
   * @returns what went wrong, once for all: it is told without a file
   */
  const writeRecords = async (records: readonly RecoveredItem[]): Promise<unknown> => {
    try {
      await kept.save(records)
      room.taken(records)
      return undefined
    } catch (cause) {
      // IndexedDB by way of idb-keyval gives no reason where a single request fails: WebKit's private windows refuse all files that way.
      const error: unknown = cause ?? new Error('The browser refuses to keep files, and does not say why.')
      const [record, ...others] = records
      if (others.length === 0) {
        // Rather forgotten than sent again.
        if (record?.result) await forget(kept, record)
        // Another one of it may have come meanwhile.
        else if (record && !waiting.has(record.id)) room.lacking(record)
        return error
      }
      let problem: unknown
      for (const each of records) problem = (await writeRecords([each])) ?? problem
      return problem
    }
  }
  const writeWanted = async (records: readonly RecoveredItem[]): Promise<void> => {
    const problem = await writeRecords(records.filter(isWanted))
    if (problem !== undefined) failed(problem)
  }
  const fillRoom = async (): Promise<void> => {
    for (const record of room.fitting()) await writeWanted([record])
  }

  return {
    add(records) {
      for (const record of records) {
        waiting.set(record.id, record)
        room.replaced(record.id)
      }
    },
    async write() {
      // Not what comes meanwhile: a removal that was asked for before that makes room for it.
      for (let parts = Math.ceil(waiting.size / portion); parts > 0; parts -= 1) {
        const part: RecoveredItem[] = []
        for (const record of waiting.values()) if (part.push(record) === portion) break
        for (const { id } of part) waiting.delete(id)
        await writeWanted(part)
      }
      await fillRoom()
    },
    async removed(ids) {
      room.gone(ids)
      await fillRoom()
    },
    found: room.taken,
  }
}

async function forget(kept: RecoveryStore, { id }: RecoveredItem): Promise<void> {
  try {
    await kept.remove([id])
  } catch {
    // Then it is neither, which is told of the saving.
  }
}
