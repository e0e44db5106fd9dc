import { expect, test } from 'vitest'
import { plainResult } from '../testing/plain-result.ts'
import { createDisk } from '../testing/recovery-disk.ts'
import { createRecordWriter } from './record-writer.ts'
import type { RecoveredItem } from './recovery.ts'

const record = (id: string): RecoveredItem => ({
  id,
  file: null,
  name: id,
  size: 1,
  type: '',
  relativePath: null,
  priority: 0,
  order: 0,
  result: plainResult,
  prepared: false,
})

test('what can neither be kept nor forgotten keeps no other from being kept', async () => {
  const disk = createDisk()
  disk.isFull = (records) => records.some(({ id }) => id === 'full')
  disk.remove = () => Promise.reject(new Error('gone'))
  const problems: unknown[] = []
  const writer = createRecordWriter(
    disk,
    () => true,
    (problem) => problems.push(problem),
  )
  writer.add(['full', 'other'].map(record))
  await writer.write()
  expect([...disk.items.keys()]).toEqual(['other'])
  expect(problems).toMatchObject([{ name: 'QuotaExceededError' }])
})

test('what there was no room for is not written over what has come of it since', async () => {
  const disk = createDisk()
  const writer = createRecordWriter(
    disk,
    () => true,
    () => {},
  )
  const unfinished = (id: string): RecoveredItem => ({ ...record(id), file: new Blob(['a']), result: null })
  disk.isFull = (records) => records.some(({ id }) => id === 'photo')
  writer.add(['other', 'photo'].map(unfinished))
  await writer.write()
  disk.isFull = () => false
  writer.add([{ ...unfinished('photo'), prepared: true }])
  await writer.write()
  await writer.removed(['other'])
  expect(disk.items.get('photo')).toMatchObject({ prepared: true })
})
