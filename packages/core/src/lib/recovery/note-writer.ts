import type { RecoveryStore, SentNote } from './recovery.ts'

export interface NoteWriter {
  readonly note: (ids: readonly string[], sent: SentNote) => void
  /** When all that was noted until now is written. */
  readonly written: () => Promise<unknown>
}

/** Writes under way at once, at most, where the store keeps their order: on a busy device one takes longer than an upload needs to be stored. */
const most = 8

/**
 * Writes all notes that wait at once, of each file the last: small files are stored faster than notes can be written one after the other, and whoever
 * left the page then had hundreds of them sent again.
 */
export function createNoteWriter(kept: RecoveryStore, failed: (error: unknown) => void, keepsOrder = false): NoteWriter {
  const waiting = new Map<string, SentNote>()
  /** When each of the next may be written; at last, when all are. */
  const turns: Promise<unknown>[] = Array.from({ length: keepsOrder ? most : 1 }, () => Promise.resolve())

  const write = async (): Promise<void> => {
    const all = new Map(waiting)
    waiting.clear()
    await kept.note(all)
  }
  return {
    note(ids, sent) {
      const goesWithOthers = waiting.size > 0
      for (const id of ids) waiting.set(id, sent)
      if (goesWithOthers || waiting.size === 0) return
      const written = (turns.shift() ?? Promise.resolve()).then(write).catch(failed)
      turns.push(Promise.all([turns.at(-1), written]))
    },
    written: () => Promise.all(turns),
  }
}
