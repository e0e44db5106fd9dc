import { expect, test } from 'vitest'
import { createDisk, type Disk } from './testing/recovery-disk.ts'
import { createUploaderFixture, files, numbered, type UploaderFixture } from './testing/uploader-fixture.ts'

/** A browser's storage that copies a file called `large` for as long as the page lives. */
function createSlowDisk(): Disk {
  const disk = createDisk()
  disk.copy = (records) => (records.some(({ name }) => name === 'large') ? new Promise(() => {}) : Promise.resolve())
  return disk
}

/** Sends a file that is kept already, while a large one is being copied. */
async function sendBesideLarge({ uploader, run }: UploaderFixture): Promise<void> {
  uploader.pause()
  uploader.add(files(['small']))
  await run()
  uploader.add(files(['large']))
  await run()
  uploader.resume()
  await run()
}

test('a file sent while a large one is being copied for recovery is asked about after a reload, not sent again', async () => {
  const disk = createSlowDisk()
  const before = createUploaderFixture({ recovery: disk, confirm: () => new Promise(() => {}), concurrency: 1 })
  await sendBesideLarge(before)
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
  await sendBesideLarge(before)
  before.storage.last().succeed({ ETag: '"e"' })
  await before.run()
  expect(before.items()[0]).toMatchObject({ name: 'small', status: 'success' })

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  await after.run()
  expect(after.items()).toMatchObject([{ name: 'small', status: 'success', result: { etag: '"e"' } }])
  expect(after.storage.requests).toEqual([])
})

test('of a hundred small files that were stored faster than notes can be written one by one none is sent again after a reload', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk, concurrency: 100 })
  const { uploader, storage, clock, run } = before
  uploader.add(numbered(100))
  await run()
  // From here on it is busy, and a note takes 10 ms.
  const note = disk.note.bind(disk)
  disk.copy = () => new Promise(() => {})
  disk.note = async (all) => {
    await new Promise<void>((resolve) => void clock.after(10, resolve))
    await note(all)
  }
  for (const request of storage.active()) {
    request.progress(10, 'waiting')
    await clock.advance(1)
    request.succeed()
  }
  await clock.advance(50)

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  await after.run()
  expect(after.storage.requests).toEqual([])
  expect(new Set(after.statuses())).toEqual(new Set(['success']))
})

test('that small files were stored is kept as fast as they are: not each waits for a write of its own', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk, concurrency: 200 })
  const { uploader, storage, clock, run, statuses } = before
  uploader.add(numbered(200))
  await run()
  // From here on a write takes 10 ms.
  disk.copy = () => new Promise((resolve) => void clock.after(10, resolve))
  for (const request of storage.active()) {
    request.succeed()
    await clock.advance(1)
  }
  await clock.advance(50)
  expect(new Set(statuses())).toEqual(new Set(['success']))
  expect([...disk.items.values()].filter(({ file, result }) => !file && result)).toHaveLength(200)
})

test('a store of the app’s own has written one note before it is given the next: on their way to a server they might change places', async () => {
  const disk = createDisk()
  const { uploader, storage, clock, run } = createUploaderFixture({ recovery: disk, concurrency: 1 })
  let writing = 0
  const together: number[] = []
  disk.note = async () => {
    together.push((writing += 1))
    await new Promise<void>((resolve) => void clock.after(10, resolve))
    writing -= 1
  }
  uploader.add(numbered(5))
  await run()
  for (let at = 0; at < 5; at++) {
    storage.last().succeed()
    await clock.advance(4)
  }
  await clock.advance(100)
  expect(together.length).toBeGreaterThan(1)
  expect(Math.max(...together)).toBe(1)
})

test('what was taken out makes room before what was added after that is kept', async () => {
  const disk = createDisk()
  const done: string[] = []
  let copied = (): void => {}
  disk.copy = () => new Promise<void>((resolve) => (copied = resolve))
  const { uploader, run } = createUploaderFixture({
    recovery: {
      ...disk,
      async save(records) {
        await disk.copy(records)
        done.push(...records.map(({ name }) => `saved ${name}`))
      },
      remove: async (ids) => void done.push(`removed ${ids.length}`),
    },
  })
  uploader.pause()
  const [old] = uploader.add(files(['old']))
  await run()
  uploader.remove(old!)
  await run()
  uploader.add(files(['new']))
  await run()
  copied()
  await run()
  copied()
  await run()
  expect(done).toEqual(['saved old', 'removed 1', 'saved new'])
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

/** As IndexedDB: what is taken out is gone some time after that was asked for. */
function createLateDisk(): Disk {
  const disk = createDisk()
  const remove = disk.remove.bind(disk)
  disk.remove = async (ids) => {
    for (let turns = 0; turns < 20; turns += 1) await Promise.resolve()
    await remove(ids)
  }
  return disk
}

test.each([
  ['while it was sent', 5, 'sending'],
  ['when all was out', 10, 'waiting'],
] as const)('a file that was started anew at once, canceled %s, is asked about after a reload', async (_name, sent, phase) => {
  const disk = createLateDisk()
  const before = createUploaderFixture({ recovery: disk, confirm: () => new Promise(() => {}) })
  const [a] = before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().progress(sent, phase)
  await before.clock.advance(1_000)
  before.uploader.cancel(a!)
  before.uploader.retry(a!)
  await before.run()
  if (phase === 'sending') {
    expect(before.storage.requests).toHaveLength(2)
    before.storage.last().progress(10, 'waiting')
  }
  await before.clock.advance(10_000)
  // The page goes, without a word.

  let asked = 0
  const after = createUploaderFixture({ recovery: disk, confirm: () => ((asked += 1), new Promise(() => {})) })
  await after.uploader.restore()
  await after.run()
  expect(after.items().map(({ name }) => name)).toEqual(['a'])
  expect({ asked, sent: after.storage.requests.length }).toEqual({ asked: 1, sent: 0 })
})

test('a file that was canceled, wanted again and canceled while large ones are being copied is not sent after a reload', async () => {
  const disk = createDisk()
  const copied: (() => void)[] = []
  const copying: string[] = []
  disk.copy = (records) => {
    copying.push(...records.map(({ name }) => name))
    return new Promise((resolve) => copied.push(resolve))
  }
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.pause()
  const [id] = uploader.add(files(['large']))
  await run()
  uploader.cancel(id!)
  await run()
  uploader.retry(id!)
  await run()
  uploader.add(files(['another']))
  await run()
  uploader.cancel(id!)
  await run()
  while (copying.at(-1) !== 'another') {
    copied.shift()?.()
    await run()
  }
  // The page goes, without a word.

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  await after.run()
  expect({ items: after.items().map(({ name }) => name), copying }).toEqual({ items: [], copying: ['large', 'another'] })
})

test('a file that was canceled while a large one was copied, and wanted again when its view was shown again, is there after a reload', async () => {
  const disk = createSlowDisk()
  const before = createUploaderFixture({ recovery: disk })
  before.uploader.pause()
  const [small] = before.uploader.add(files(['small']))
  await before.run()
  before.uploader.add(files(['large']))
  await before.run()
  before.uploader.cancel(small!)
  await before.run()
  // The view is hidden (StrictMode, <Activity>), and shown again.
  before.uploader.destroy()
  await before.run()
  before.uploader.retry(small!)
  await before.run()
  expect(before.items()[0]).toMatchObject({ name: 'small', status: 'queued' })
  // The page goes, without a word.

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  await after.run()
  expect(after.items().map(({ name }) => name)).toEqual(['small'])
})

test('a file that validate refuses after the list was shown again does not come back since it still waited to be kept', async () => {
  const disk = createDisk()
  let copied = (): void => {}
  const large = new Promise<void>((resolve) => {
    copied = resolve
  })
  disk.copy = async (records) => (records.some(({ name }) => name === 'large') ? large : undefined)
  let bad = false
  const validate = async (_file: Blob, { name }: { readonly name: string }) => (bad && name === 'one' ? { code: 'no', message: 'no' } : null)
  // The first look never ends: the view is hidden while it is examined.
  const { uploader, run, items } = createUploaderFixture({
    recovery: disk,
    restrictions: { validate: (file, options) => (bad ? validate(file, options) : new Promise(() => {})) },
  })
  uploader.add(files(['large']))
  await run()
  const [one] = uploader.add(files(['one']))
  await run()
  uploader.destroy()
  await run()
  bad = true
  uploader.retry(one)
  await run()
  expect(items().map(({ name }) => name)).toEqual(['large'])
  copied()
  for (let turns = 0; turns < 5; turns += 1) await run()
  expect(Array.from(disk.items.values(), ({ name }) => name)).toEqual(['large'])
})

test('a list that is left is let go of when what it noted last is written, and not before: another tab would not find it', async () => {
  const disk = createDisk()
  let written = (): void => {}
  let closed = false
  disk.close = () => (closed = true)
  const { uploader, run } = createUploaderFixture({ recovery: disk, confirm: () => new Promise(() => {}) })
  uploader.pause()
  uploader.add(files(['a']))
  await run()
  disk.note = () => new Promise((resolve) => (written = resolve))
  uploader.resume()
  await run()
  uploader.destroy()
  await run()
  expect(closed).toBe(false)
  disk.note = async () => {}
  written()
  await run()
  expect(closed).toBe(true)
})
