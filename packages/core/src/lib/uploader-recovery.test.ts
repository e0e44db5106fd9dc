import { expect, test, vi } from 'vitest'
import type { RecoveryStore } from './recovery/recovery.ts'
import { createDisk, type Disk } from './testing/recovery-disk.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploaderOptions } from './uploader.ts'

/** A disk on which an earlier page left an unfinished file. */
async function leftBehind(name: string): Promise<Disk> {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files([name]))
  await run()
  uploader.destroy()
  await run()
  return disk
}

test('after a reload unfinished files are queued again and finished ones keep their result, and nothing is told to have failed', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk, concurrency: 1 })
  before.uploader.add(files(['done', 'half', 'waiting', 'gone']))

  await before.run()
  before.storage.last().succeed({ ETag: '"e"' })
  await before.run()
  before.storage.last().progress(5)
  before.uploader.remove(before.uploader.getSnapshot().ids[3]!)
  await before.run()
  before.uploader.destroy()
  await before.run()

  const save = vi.spyOn(disk, 'save')
  const after = createUploaderFixture({ recovery: disk, concurrency: 1 })
  const added: UploadItem[] = []
  after.uploader.onEvent((event) => event.type === 'files-added' && added.push(...event.items))
  const ids = await after.uploader.restore()
  await after.run()
  expect(ids).toHaveLength(3)
  // A form that holds the keys of what is stored hears of them by this alone.
  expect(added).toMatchObject([{ status: 'success', result: { etag: '"e"' } }, { status: 'queued' }, { status: 'queued' }])
  expect(after.items()).toMatchObject([
    // An app may show a preview of it.
    { name: 'done', status: 'success', file: expect.any(Blob), result: { etag: '"e"' } },
    { name: 'half', status: 'uploading' },
    { name: 'waiting', status: 'queued' },
  ])
  expect(await after.storage.last().form.file.arrayBuffer()).toHaveProperty('byteLength', 10)
  after.storage.last().succeed()
  await after.run()
  expect(disk.items.get(ids[1]!)).toMatchObject({ file: null, result: { key: expect.any(String) } })
  // Thousands that are finished are not written again with each reload.
  expect(save.mock.calls.flat(2).map(({ name }) => name)).toEqual(['half'])
  expect([...before.told(), ...after.told()]).not.toContain('recovery-failed')
})

test('without autoUpload what an earlier page left waits until it is started', async () => {
  const { uploader, run, statuses } = createUploaderFixture({ recovery: await leftBehind('a'), autoUpload: false })
  await uploader.restore()
  await run()
  expect(statuses()).toEqual(['queued'])
  uploader.start()
  await run()
  expect(statuses()).toEqual(['uploading'])
})

test('a list of finished uploads that is taken back neither listens to the network nor waits for anything', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk }, { answer: (request) => request.succeed() })
  before.uploader.add(files(['a']))
  await before.run()
  before.uploader.destroy()
  await before.run()
  const { uploader, statuses, network, clock } = createUploaderFixture({ recovery: disk })
  await uploader.restore()
  await clock.advance(16)
  expect(statuses()).toEqual(['success'])
  expect([network.listeners(), clock.pending()]).toEqual([0, 0])
})

test('a page that ends in the very turn in which something happened still finds its unfinished files again', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a']))
  await run()
  uploader.pause()
  uploader.destroy()
  await run()
  expect([...disk.items.values()]).toMatchObject([{ name: 'a', result: null }])
})

test('thousands of files are written, and removed, a few at a time: the browser looks at each of them while the page waits', async () => {
  const disk = createDisk()
  const written: number[] = []
  disk.copy = async (records) => void written.push(records.length)
  const { uploader, run } = createUploaderFixture({ recovery: disk, autoUpload: false })

  uploader.add(numbered(2000))
  await run()
  expect(disk.items.size).toBe(2000)
  expect(Math.max(...written)).toBeLessThanOrEqual(100)

  const remove = vi.spyOn(disk, 'remove')
  uploader.clear('all')
  await run()
  expect(disk.items.size).toBe(0)
  expect(Math.max(...remove.mock.calls.map(([ids]) => ids.length))).toBeLessThanOrEqual(100)
})

test('what a user cancels or clears is not restored', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })

  const [a] = uploader.add(files(['a', 'b']))
  await run()
  expect(disk.items.size).toBe(2)
  uploader.cancel(a)
  await run()
  uploader.clear('all')
  await run()
  expect(disk.items.size).toBe(0)
})

test('what is canceled and wanted after all keeps its place in the list over a reload', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk, autoUpload: false })
  const [a] = uploader.add(files(['a', 'b']))
  await run()
  uploader.cancel(a)
  await run()
  uploader.retry(a!)
  await run()
  expect((await disk.load()).map(({ name }) => name)).toEqual(['a', 'b'])
})

test('what is cleared in the turn in which the page goes is gone before another page may take it', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a']))
  await run()
  let left: number | null = null
  disk.close = () => void (left = disk.items.size)
  uploader.clear('all')
  uploader.destroy()
  await run()
  expect(left).toBe(0)
})

test('a browser without room is told of, and the upload goes on', async () => {
  const disk = createDisk()
  disk.isFull = () => true
  const { uploader, run, told, statuses } = createUploaderFixture({ recovery: disk })

  uploader.add(files(['a']))
  await run()
  expect(told()).toContain('recovery-failed')
  expect(statuses()).toEqual(['uploading'])
})

test('what comes back after destroy is left to the next', async () => {
  const disk = await leftBehind('a')

  let read: () => void = () => {}
  const reading = new Promise<void>((resolve) => (read = resolve))
  const slow: RecoveryStore = { ...disk, load: () => reading.then(() => disk.load()) }
  const after = createUploaderFixture({ recovery: slow })
  const early = after.uploader.restore()
  after.uploader.destroy()
  const late = after.uploader.restore()
  await after.run()
  after.uploader.destroy()
  read()
  expect([await early, await late]).toEqual([[], []])
  expect(after.items()).toEqual([])
  expect(after.network.listeners()).toBe(0)
  expect(await after.uploader.restore()).toHaveLength(1)
})

test('what the list has is not taken back a second time', async () => {
  const disk = await leftBehind('a')

  const { uploader, run, items, storage } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['b']))
  const restored = [uploader.restore(), uploader.restore()]
  await run()
  expect((await Promise.all(restored)).flat()).toHaveLength(1)
  expect(items().map(({ name }) => name)).toEqual(['b', 'a'])
  expect(storage.requests).toHaveLength(2)
  uploader.destroy()
  await run()
  expect(await uploader.restore()).toEqual([])
  expect(items()).toHaveLength(2)
})

test('what was in the list before the app asked for recovery is not taken back beside it', async () => {
  const disk = createDisk()
  const { uploader, run, items, policy, storage, clock } = createUploaderFixture()
  uploader.add(files(['a']))
  await run()
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, recovery: disk })
  uploader.add(files(['b']))
  await run()
  // The view is hidden (<Activity>), and shown again.
  uploader.destroy()
  await run()
  expect(await uploader.restore()).toEqual([])
  expect(items().map(({ name }) => name)).toEqual(['a', 'b'])
})

/** A disk of which what is read comes when the test says so. */
function readOnDemand(): { readonly recovery: Disk; readonly read: () => void } {
  const disk = createDisk()
  let read: () => void = () => {}
  const reading = new Promise<void>((resolve) => (read = resolve))
  return { recovery: { ...disk, load: () => disk.load().then((all) => reading.then(() => all)) }, read }
}

test.each([
  ['', false],
  [', nor where the list was hidden in between, and shown again', true],
])('what is taken out of the list while it is read again does not come back%s', async (_, hidden) => {
  const { recovery, read } = readOnDemand()
  const { uploader, run, items } = createUploaderFixture({ recovery })
  uploader.add(files(['a']))
  await run()
  if (hidden) {
    uploader.destroy()
    await run()
  }
  const restored = uploader.restore()
  await run()
  uploader.clear('all')
  await run()
  read()
  expect(await restored).toEqual([])
  expect(items()).toEqual([])
})

// The name of the database is that of who signs in, which files may have come before.
test('the same where it was added before the app asked for recovery', async () => {
  const { recovery, read } = readOnDemand()
  const { uploader, run, items, policy, storage, clock } = createUploaderFixture()
  uploader.pause()
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, recovery })
  const restoring = uploader.restore()
  await run()
  uploader.remove(a!)
  read()
  expect(await restoring).toEqual([])
  expect(items()).toEqual([])
})

test.each([
  ['in one turn', false],
  ['later', true],
])('a file that was canceled and is wanted again, %s, is there after a reload', async (_when, apart) => {
  const disk = createDisk()
  const { uploader, run, statuses } = createUploaderFixture({ recovery: disk })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.cancel(a)
  if (apart) await run()
  uploader.retry(a)
  await run()
  expect(statuses()).toEqual(['uploading'])
  uploader.destroy()
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['a'])
})

test('what was taken out as the page went does not come back', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a']))
  await run()
  uploader.clear('all')
  uploader.destroy()
  await run()
  expect(disk.items.size).toBe(0)
})

test('a success is kept by an app that destroys as it hears of it, and by one that retries after it has destroyed', async () => {
  for (const how of ['destroys', 'retries'] as const) {
    const disk = createDisk()
    const { uploader, run, storage } = createUploaderFixture({ recovery: disk })
    if (how === 'destroys') uploader.onEvent(({ type }) => type === 'upload-succeeded' && uploader.destroy())
    const [a] = uploader.add(files(['a']))
    await run()
    if (how === 'retries') {
      uploader.destroy()
      await run()
      uploader.retry(a)
      await run()
    }
    storage.last().succeed()
    await run()
    expect([...disk.items.values()].map(({ result }) => result !== null)).toEqual([true])
  }
})

test('every file is kept with a place of its own, in the order of the list', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a', 'b']))
  await run()
  uploader.add(files(['c']))
  await run()
  expect((await disk.load()).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(new Set(Array.from(disk.items.values(), ({ order }) => order)).size).toBe(3)
})

/** As an app that encrypts, or stamps, or strips. */
const marked = async (file: Blob): Promise<Blob> => new Blob(['#', await file.arrayBuffer()])

test('a file that was canceled and wanted again is prepared once, also over a reload', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk, prepare: marked })
  const [a] = before.uploader.add(files(['a'], 10))
  await before.run()
  expect(before.storage.last().form.file.size).toBe(11)
  before.uploader.cancel(a!)
  await before.run()
  before.uploader.retry(a!)
  await before.run()
  before.uploader.destroy()
  await before.run()

  const after = createUploaderFixture({ recovery: disk, prepare: marked })
  await after.uploader.restore()
  await after.run()
  expect(after.storage.last().form.file.size).toBe(11)
})

test.each(['remove', 'clear'] as const)('what is taken out (%s) of a list that is shown again does not come back', async (how) => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  const [a] = uploader.add(files(['a']))
  await run()
  // Hidden (Activity), and shown again: the list is as it was.
  uploader.destroy()
  await run()
  if (how === 'remove') uploader.remove(a!)
  else uploader.clear()
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual([])
})

test('one file that cannot be kept takes no other with it', async () => {
  const disk = createDisk()
  disk.isFull = (records) => records.some(({ name }) => name === 'huge')
  const { uploader, run, told } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a', 'huge', 'b']))
  await run()
  expect(told()).toContain('recovery-failed')
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['a', 'b'])
})

test.each([
  ['written', false],
  ['written, nor noted,', true],
])('a success that cannot be %s is not sent again after a reload', async (_what, noteless) => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk })
  before.uploader.add(files(['a']))
  await before.run()
  disk.isFull = () => true
  if (noteless) disk.note = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
  before.storage.last().succeed()
  await before.run()
  expect(before.told()).toContain('recovery-failed')
  before.uploader.destroy()
  await before.run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  await after.run()
  expect(after.storage.requests).toHaveLength(0)
})

test('that a hundred files cannot be kept is told once, as it is told without a file', async () => {
  const disk = createDisk()
  disk.isFull = () => true
  const { uploader, run, told } = createUploaderFixture({ recovery: disk })
  uploader.add(files(Array.from({ length: 100 }, (_, at) => `${at}`)))
  await run()
  expect(told().filter((type) => type === 'recovery-failed')).toHaveLength(1)
})

test('where nothing at all can be kept that is told once for the files that were added, not again as each starts and ends', async () => {
  const refuse = (): never => {
    throw new Error('no')
  }
  const disk: RecoveryStore = { save: refuse, load: refuse, note: refuse, remove: refuse, close: refuse }
  const { uploader, run, told } = createUploaderFixture(
    { recovery: disk, confirm: async () => ({ outcome: 'absent' }) },
    { answer: (request) => request.succeed() },
  )
  const failures = (): number => told().filter((type) => type === 'recovery-failed').length
  uploader.add(numbered(100))
  await run()
  expect(uploader.getSnapshot().totals).toMatchObject({ succeeded: 100 })
  expect(failures()).toBe(1)
  uploader.add(files(['a']))
  await run()
  expect(failures()).toBe(2)
  uploader.destroy()
  await run()
})

test.each([1, 2])('that %i files cannot be kept is told also where the browser does not say why', async (count) => {
  const disk = createDisk()
  // idb-keyval in WebKit's private windows, which keep no files: a transaction has no error yet when a request in it fails.
  disk.save = () => Promise.reject(null)
  const { uploader, run, events } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a', 'b'].slice(0, count)))
  await run()
  expect(events.filter(({ type }) => type === 'recovery-failed')).toEqual([{ type: 'recovery-failed', error: expect.any(Error) }])
})

test('a success is kept also where the list was read again before it', async () => {
  const disk = createDisk()
  const { uploader, run, storage } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a']))
  await run()
  // It gives back what this very page keeps.
  await uploader.restore()
  storage.last().succeed()
  await run()
  expect([...disk.items.values()]).toMatchObject([{ name: 'a', file: null, result: { key: 'uploads/1/a' } }])
})

test('restore opens nothing and keeps nothing where the app did not ask for recovery', async () => {
  const open = vi.fn<() => void>()
  vi.stubGlobal('indexedDB', { open })
  const { uploader, run } = createUploaderFixture()
  expect(await uploader.restore()).toEqual([])
  uploader.add(files(['a']))
  await run()
  expect(open).not.toHaveBeenCalled()
  vi.unstubAllGlobals()
})

test('where nothing can be kept by the browser, as in Node, restore says what to do', async () => {
  const { uploader } = createUploaderFixture({ recovery: 'photos' })
  await expect(uploader.restore()).rejects.toThrow('There is no IndexedDB here: give `recovery` a store of your own, or leave it out.')
})

test('a list of a hundred files is cleared from the disk at once, not a hundred times', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(numbered(100))
  await run()
  const remove = vi.spyOn(disk, 'remove')
  uploader.clear('all')
  await run()
  expect(disk.items.size).toBe(0)
  expect(remove).toHaveBeenCalledTimes(1)
})

test('a file that is added to a list that is shown again is copied once', async () => {
  const disk = createDisk()
  const copied: string[] = []
  disk.copy = async (records) => void copied.push(...records.map(({ name }) => name))
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a']))
  await run()
  // The view is hidden (<Activity>), and shown again.
  uploader.destroy()
  await run()
  uploader.add(files(['b']))
  await run()
  expect(copied).toEqual(['a', 'b'])
})

test('a file that is taken back is not copied again: there may be room for one copy alone', async () => {
  const disk = await leftBehind('a')
  const save = vi.spyOn(disk, 'save')
  const { uploader, run, statuses } = createUploaderFixture({ recovery: disk })
  await uploader.restore()
  await run()
  expect(statuses()).toEqual(['uploading'])
  expect(save.mock.calls.flat(2)).toEqual([])
})

test.each<[string, Partial<UploaderOptions>, boolean[]]>([
  ['what prepare has made is copied when it is first sent', { prepare: (file) => file }, [false, true]],
  ['a file that nobody prepares is copied as it is added', {}, [false]],
])('%s, not at each try', async (_what, options, copies) => {
  const disk = createDisk()
  const save = vi.spyOn(disk, 'save')
  const { uploader, run, clock, storage, items } = createUploaderFixture({ recovery: disk, confirm: async () => ({ outcome: 'absent' }), ...options })
  uploader.add(files(['a']))
  await run()
  storage.last().fail('network')
  await clock.advance(60_000)
  expect(items()).toMatchObject([{ status: 'uploading', attempt: 2 }])
  expect(save.mock.calls.flat(2).map(({ prepared }) => prepared)).toEqual(copies)
})

test.each([
  ['after it was prepared is not copied again', true, []],
  ['before it was prepared is kept as it is sent then, to be asked about as that', false, [true]],
])('a file that was left %s', async (_when, autoUpload, copies) => {
  const disk = createDisk()
  const options: Partial<UploaderOptions> = { recovery: disk, confirm: async () => ({ outcome: 'absent' }), prepare: (file) => file }
  const before = createUploaderFixture({ ...options, autoUpload })
  before.uploader.add(files(['a']))
  await before.run()
  before.uploader.destroy()
  await before.run()
  expect([...disk.items.values()]).toMatchObject([{ prepared: autoUpload }])

  const save = vi.spyOn(disk, 'save')
  const { uploader, run, clock, statuses } = createUploaderFixture({ ...options, autoUpload: false })
  await uploader.restore()
  uploader.start()
  await run()
  // The server is asked twice about the one that was sent.
  await clock.advance(5_000)
  expect(statuses()).toEqual(['uploading'])
  expect(save.mock.calls.flat(2).map(({ prepared }) => prepared)).toEqual(copies)
})

test('what was taken out as the page went does not take room on the disk for ever', async () => {
  const disk = await leftBehind('a')
  const gone = { action: '', key: '', receipt: null, result: null, problem: null, gone: true }
  await disk.note(new Map(Array.from(disk.items.keys(), (id) => [id, gone])))
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  expect(await uploader.restore()).toEqual([])
  await run()
  expect(disk.items.size).toBe(0)
})

test('of a list in which many have failed one that is tried again is not noted for each of the others', async () => {
  const disk = createDisk()
  const note = vi.spyOn(disk, 'note')
  const { uploader, run } = createUploaderFixture(
    { recovery: disk, confirm: async () => ({ outcome: 'absent' }) },
    { answer: (request) => request.refuse(403, 'AccessDenied') },
  )
  const [a] = uploader.add(numbered(50))
  await run()
  note.mockClear()
  uploader.retry(a)
  await run()
  expect(new Set(note.mock.calls.flatMap(([notes]) => [...notes.keys()]))).toEqual(new Set([a]))
})

test('what is taken out is taken from the disk once, and not again with each that follows', async () => {
  const disk = createDisk()
  const remove = vi.spyOn(disk, 'remove')
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  const [a, b] = uploader.add(files(['a', 'b']))
  await run()
  uploader.remove(a!)
  await run()
  uploader.remove(b!)
  await run()
  expect(remove.mock.calls).toEqual([[[a]], [[b]]])
})

test('of a file that was stored just before the page went the disk is freed as it is taken back', async () => {
  const disk = await leftBehind('a')
  const note = { action: '', key: '', receipt: null, problem: null, stored: true }
  const stored = createUploaderFixture({}, { answer: (request) => request.succeed() })
  stored.uploader.add(files(['a']))
  await stored.run()
  const [item] = stored.items()
  const noted = { ...note, result: item?.status === 'success' ? item.result : null }
  await disk.note(new Map(Array.from(disk.items.keys(), (id) => [id, noted])))
  const { uploader, run, statuses } = createUploaderFixture({ recovery: disk })
  await uploader.restore()
  await run()
  expect(statuses()).toEqual(['success'])
  expect([...disk.items.values()]).toMatchObject([{ file: null, result: { key: 'uploads/1/a' } }])
})

test('what is added after files were taken back has its place after them, on the next page too', async () => {
  const disk = await leftBehind('a')
  // The clock was ahead of ours on an earlier page.
  for (const [id, item] of disk.items) disk.items.set(id, { ...item, order: 1e15 })
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  await uploader.restore()
  uploader.add(files(['b']))
  await run()
  expect((await disk.load()).map(({ name }) => name)).toEqual(['a', 'b'])
})
