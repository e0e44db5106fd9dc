import type { RecoveryStore, SentNote } from './recovery.ts'

export interface NoteWriter {
  readonly note: (ids: readonly string[], sent: SentNote) => void
  /** When all that was noted until now is written. */
  readonly written: () => Promise<unknown>
}

/**
 * Writes all notes that wait at once, of each file the last: small files are stored faster than notes can be written one after the other, and whoever
 * left the page then had hundreds of them sent again.
 */
export function createNoteWriter(kept: RecoveryStore, failed: (error: unknown) => void): NoteWriter {
  const waiting = new Map<string, SentNote>()
  let last: Promise<unknown> = Promise.resolve()

  const write = async (): Promise<void> => {
    if (waiting.size === 0) return
    const all = new Map(waiting)
    waiting.clear()
    await kept.note(all)
  }
  return {
    note(ids, sent) {
      for (const id of ids) waiting.set(id, sent)
      last = last.then(write).catch(failed)
    },
    written: () => last,
  }
}
