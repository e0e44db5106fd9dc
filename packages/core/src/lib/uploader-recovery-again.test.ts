import { expect, test, vi } from 'vitest'
import { createDisk, type Disk } from './testing/recovery-disk.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

test('no note of a file outlives what is kept of it: that it is gone is written first', async () => {
  const disk = createDisk()
  const done: string[] = []
  let written = (): void => {}
  const gate = new Promise<void>((resolve) => (written = resolve))
  let slowly = false
  const slow: Disk = {
    ...disk,
    async note(all) {
      if (!slowly) return
      await gate
      await disk.note(all)
      done.push('noted')
    },
    async remove(ids) {
      await disk.remove(ids)
      done.push('removed')
    },
  }
  const { uploader, run } = createUploaderFixture({ recovery: slow })
  uploader.pause()
  const [a] = uploader.add(files(['a']))
  await run()
  slowly = true
  uploader.remove(a!)
  await run()
  expect(done).toEqual([])
  written()
  await run()
  expect(done).toEqual(['noted', 'removed'])
})

test('that a file cannot be taken from the disk is told, once for all portions', async () => {
  const disk = createDisk()
  const { uploader, run, events } = createUploaderFixture({
    recovery: { ...disk, remove: () => Promise.reject(new Error('locked')) },
    autoUpload: false,
  })
  uploader.add(files(Array.from({ length: 250 }, (_, at) => `${at}`)))
  await run()
  uploader.clear('all')
  await run()
  expect(events.filter(({ type }) => type === 'recovery-failed')).toMatchObject([{ error: { message: 'locked' } }])
})

test('where to look for an upload in doubt is told after a second reload as well', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk })
  before.uploader.add(files(['a']))
  await before.run()
  const { key, action } = before.storage.last().form
  before.storage.last().fail('outcome-unknown')
  await before.run()
  for (let reloads = 0; reloads < 2; reloads += 1) {
    const { uploader, run, items } = createUploaderFixture({ recovery: disk })
    await uploader.restore()
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', details: { key, url: action } } }])
  }
})

test('an upload in doubt that waits for the network as the page goes is asked about by the next, and not left to a person', async () => {
  const disk = createDisk()
  const confirm = async () => ({ outcome: 'absent' }) as const
  const before = createUploaderFixture({ recovery: disk, confirm })
  before.uploader.add(files(['a']))
  await before.run()
  before.network.goOffline()
  before.storage.last().fail('outcome-unknown')
  await before.clock.advance(1_000)
  expect(before.items()).toMatchObject([{ status: 'retrying', error: { code: 'outcome-unknown' } }])

  const after = createUploaderFixture({ recovery: disk, confirm })
  await after.uploader.restore()
  await after.clock.advance(10_000)
  expect(after.statuses()).toEqual(['uploading'])
})

test('what is stored is not sent again, as an empty file, where only the note of it could not be written', async () => {
  const disk = createDisk()
  const noteless: Disk = { ...disk, note: () => Promise.reject(new Error('full')), load: () => disk.load() }
  const before = createUploaderFixture({ recovery: noteless }, { answer: (request) => request.succeed() })
  before.uploader.add(files(['a']))
  await before.run()
  const after = createUploaderFixture({ recovery: noteless })
  await after.uploader.restore()
  await after.run()
  expect([after.statuses(), after.storage.requests]).toEqual([['success'], []])
})

test('an uploader that is destroyed while its recovery is loaded takes nothing from the next', async () => {
  const disk = createDisk()
  const load = vi.spyOn(disk, 'load')
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  const restored = uploader.restore()
  uploader.destroy()
  expect(await restored).toEqual([])
  await run()
  expect(load).not.toHaveBeenCalled()
})

test('a file that is wanted again while what is kept is read is there after a reload, though it was read as taken out', async () => {
  const disk = createDisk()
  let remove = (): void => {}
  let bring = (): void => {}
  const removed = new Promise<void>((resolve) => (remove = resolve))
  const read = new Promise<void>((resolve) => (bring = resolve))
  const slow: Disk = {
    ...disk,
    remove: (ids) => removed.then(() => disk.remove(ids)),
    load: () => disk.load().then((found) => read.then(() => found)),
  }
  const { uploader, run } = createUploaderFixture({ recovery: slow })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.cancel(a)
  await run()
  const restored = uploader.restore()
  await run()
  uploader.retry(a)
  remove()
  await run()
  bring()
  expect(await restored).toEqual([])
  await run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  expect(after.items()).toMatchObject([{ name: 'a' }])
})

test('a file that is wanted again in a list that is shown again is there after a reload, though it was still being taken from the disk', async () => {
  const disk = createDisk()
  let remove = (): void => {}
  const removed = new Promise<void>((resolve) => (remove = resolve))
  const slow: Disk = { ...disk, remove: (ids) => removed.then(() => disk.remove(ids)) }
  const { uploader, run } = createUploaderFixture({ recovery: slow })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.cancel(a)
  await run()
  uploader.destroy()
  await run()
  uploader.retry(a)
  await run()
  remove()
  await run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  expect(after.items()).toMatchObject([{ name: 'a' }])
})

test('a file that is wanted again in a list that is shown again is there after a reload, though that it is gone was still to be noted', async () => {
  const disk = createDisk()
  let write = (): void => {}
  const written = new Promise<void>((resolve) => (write = resolve))
  const note = vi.fn<Disk['note']>((all) => disk.note(all))
  const slow: Disk = { ...disk, note }
  const { uploader, run } = createUploaderFixture({ recovery: slow, concurrency: 1 })
  const [a, b] = uploader.add(files(['a', 'b']))
  await run()
  note.mockImplementationOnce((all) => written.then(() => disk.note(all)))
  uploader.cancel(b)
  await run()
  uploader.cancel(a)
  await run()
  uploader.destroy()
  await run()
  uploader.retry(a)
  await run()
  write()
  await run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  expect(after.items()).toMatchObject([{ name: 'a' }])
})

test('a file that is wanted again in a list that is shown again is there after a reload, though what was kept was still being read before', async () => {
  const disk = createDisk()
  let remove = (): void => {}
  let bring = (): void => {}
  const removed = new Promise<void>((resolve) => (remove = resolve))
  const read = new Promise<void>((resolve) => (bring = resolve))
  const slow: Disk = {
    ...disk,
    remove: (ids) => removed.then(() => disk.remove(ids)),
    load: () => disk.load().then((found) => read.then(() => found)),
  }
  const { uploader, run } = createUploaderFixture({ recovery: slow })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.cancel(a)
  await run()
  void uploader.restore()
  await run()
  uploader.destroy()
  remove()
  await run()
  uploader.retry(a)
  await run()
  bring()
  await run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  expect(after.items()).toMatchObject([{ name: 'a' }])
})

test('a file that was wanted again as its list was left is there after a reload, though what was kept is read before that is written', async () => {
  const disk = createDisk()
  let remove = (): void => {}
  let write = (): void => {}
  const removed = new Promise<void>((resolve) => (remove = resolve))
  const written = new Promise<void>((resolve) => (write = resolve))
  const note = vi.fn<Disk['note']>((all) => disk.note(all))
  const slow: Disk = { ...disk, note, remove: (ids) => removed.then(() => disk.remove(ids)) }
  const { uploader, run } = createUploaderFixture({ recovery: slow })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.cancel(a)
  await run()
  note.mockImplementation((all) => written.then(() => disk.note(all)))
  uploader.retry(a)
  uploader.destroy()
  await run()
  expect(await uploader.restore()).toEqual([])
  write()
  remove()
  await run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  expect(after.items()).toMatchObject([{ name: 'a' }])
})
