import { expect, test } from 'vitest'
import { createDisk, type Disk } from './testing/recovery-disk.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

/** A browser's storage that copies a file called `large` for as long as the page lives. */
function createSlowDisk(): Disk {
  const disk = createDisk()
  disk.copy = (records) => (records.some(({ name }) => name === 'large') ? new Promise(() => {}) : Promise.resolve())
  return disk
}

test('a file sent while a large one is being copied for recovery is asked about after a reload, not sent again', async () => {
  const disk = createSlowDisk()
  const before = createUploaderFixture({ recovery: disk, confirm: () => new Promise(() => {}), concurrency: 1 })
  before.uploader.pause()
  before.uploader.add(files(['small']))
  await before.run()
  before.uploader.add(files(['large']))
  await before.run()
  before.uploader.resume()
  await before.run()
  const { key } = before.storage.last()
  // The page goes, without a word.

  const asked: string[] = []
  const after = createUploaderFixture({
    recovery: disk,
    confirm(request) {
      asked.push(request.key)
      return new Promise(() => {})
    },
  })
  await after.uploader.restore()
  await after.run()
  expect(after.items()).toMatchObject([{ name: 'small', status: 'confirming' }])
  expect({ asked, sent: after.storage.requests.length }).toEqual({ asked: [key], sent: 0 })
})

test('a file that was stored while a large one is being copied for recovery is still stored after a reload', async () => {
  const disk = createSlowDisk()
  const before = createUploaderFixture({ recovery: disk, concurrency: 1 })
  before.uploader.pause()
  before.uploader.add(files(['small']))
  await before.run()
  before.uploader.add(files(['large']))
  await before.run()
  before.uploader.resume()
  await before.run()
  before.storage.last().succeed({ ETag: '"e"' })
  await before.run()
  expect(before.items()[0]).toMatchObject({ name: 'small', status: 'success' })

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  await after.run()
  expect(after.items()).toMatchObject([{ name: 'small', status: 'success', result: { etag: '"e"' } }])
  expect(after.storage.requests).toEqual([])
})

test('a file that was canceled while a large one is being copied for recovery is not sent after a reload', async () => {
  const disk = createSlowDisk()
  const before = createUploaderFixture({ recovery: disk, concurrency: 1 })
  before.uploader.pause()
  const [canceled, again, removed] = before.uploader.add(files(['canceled', 'again', 'removed']))
  await before.run()
  before.uploader.add(files(['large']))
  await before.run()
  before.uploader.cancel(canceled!)
  before.uploader.cancel(again!)
  before.uploader.remove(removed!)
  await before.run()
  before.uploader.retry(again!)
  await before.run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  await after.run()
  expect(after.items().map(({ name }) => name)).toEqual(['again'])
  expect(after.storage.requests.map(({ form }) => form.filename)).toEqual(['again'])
})
