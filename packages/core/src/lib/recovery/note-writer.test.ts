import { expect, test, vi } from 'vitest'
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

test('a note does not wait for the one before it where that keeps its place by itself: what began to be sent meanwhile would go with the page', async () => {
  const disk = createDisk()
  const written: string[][] = []
  const ends: (() => void)[] = []
  disk.note = (all) => {
    written.push([...all.keys()])
    return new Promise((resolve) => ends.push(resolve))
  }
  const writer = createNoteWriter(disk, () => {}, true)
  const ids = Array.from({ length: 10 }, (_, at) => `${at}`)
  for (const id of ids) {
    writer.note([id], toNote(null))
    await Promise.resolve()
  }
  // Not all: each alone takes the browser ten times as long.
  expect(written).toEqual(ids.slice(0, 8).map((id) => [id]))
  let over = false
  const done = writer.written().then(() => (over = true))
  ends[0]?.()
  await vi.waitUntil(() => written.length > 8)
  expect(written[8]).toEqual(ids.slice(8))
  for (const end of ends.slice(0, 8)) end()
  await new Promise((resolve) => setTimeout(resolve))
  expect(over).toBe(false)
  ends[8]?.()
  await done
})
