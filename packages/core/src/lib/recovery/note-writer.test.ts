import { expect, test } from 'vitest'
import { createDisk } from '../testing/recovery-disk.ts'
import { createNoteWriter } from './note-writer.ts'
import { toNote } from './sent-note.ts'

test('of notes that wait together each is written once, and nothing is written for nothing: who leaves the page waits for no more than that', async () => {
  const disk = createDisk()
  const written: string[][] = []
  disk.note = async (all) => void written.push([...all.keys()])
  const writer = createNoteWriter(disk, () => {})
  for (const id of ['a', 'b', 'c']) writer.note([id], toNote(null))
  await writer.written()
  writer.note(['d'], toNote(null))
  await writer.written()
  expect(written).toEqual([['a', 'b', 'c'], ['d']])
})
