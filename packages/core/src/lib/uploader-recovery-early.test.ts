import { expect, test, vi } from 'vitest'
import { createDisk } from './testing/recovery-disk.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

/** What keeps files is there when the test says so. */
const page = vi.hoisted(() => ({ brings: Promise.resolve() }))
vi.mock('./lazily.ts', () => ({
  lazily: (load: () => Promise<object>) => async () => {
    if (String(load).includes('recovery-lives')) await page.brings
    return load()
  },
}))

test('files whose list is left at once are there for the next, in their order', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a', 'b']))
  uploader.add(files(['c']))
  uploader.destroy()
  await run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  expect(after.items()).toMatchObject(['a', 'b', 'c'].map((name) => ({ name, status: 'queued' })))
})

test('a file that is added to a list that is shown again, and left at once, is there for the next', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a']))
  await run()
  uploader.destroy()
  await run()
  uploader.add(files(['b']))
  uploader.destroy()
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['a', 'b'])
})

test('a file is there for the next also where its list was shown, and left, once more before what keeps it has come', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a']))
  uploader.destroy()
  const [removed] = uploader.add(files(['removed', 'b']))
  void uploader.restore()
  uploader.destroy()
  uploader.remove(removed!)
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['a', 'b'])
})

test('the same where what keeps it has come long ago, and all of it happens at once', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['before']))
  await run()
  uploader.destroy()
  await run()
  uploader.add(files(['a']))
  uploader.destroy()
  uploader.add(files(['b']))
  uploader.destroy()
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['before', 'a', 'b'])
})

test('what was on its way, or stored, as its list was left for the second time is not sent again by the next', async () => {
  let arrive = (): void => {}
  page.brings = new Promise((resolve) => (arrive = resolve))
  const disk = createDisk()
  const { uploader, storage, run, statuses } = createUploaderFixture({ recovery: disk, concurrency: 1 })
  uploader.pause()
  uploader.add(files(['stored', 'on its way', 'next']))
  uploader.destroy()
  uploader.resume()
  for (const id of uploader.getSnapshot().ids) uploader.retry(id)
  await run()
  storage.last().succeed()
  await run()
  storage.last().progress(10, 'waiting')
  expect(statuses()).toEqual(['success', 'uploading', 'queued'])
  uploader.destroy()
  arrive()
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['next'])
})

test('a file that was canceled, or is taken out as soon as its list is left, does not come back', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  const [canceled, removed] = uploader.add(files(['canceled', 'removed', 'left']))
  uploader.cancel(canceled!)
  uploader.destroy()
  uploader.remove(removed!)
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['left'])
  uploader.clear('all')
  await run()
  expect(disk.items.size).toBe(0)
})

test('a file that was kept is not copied once more when its list is left as another is added', async () => {
  const disk = createDisk()
  const saved: string[] = []
  const save: typeof disk.save = (records) => (saved.push(...records.map(({ name }) => name)), disk.save(records))
  const { uploader, run } = createUploaderFixture({ recovery: { ...disk, save } })
  uploader.pause()
  uploader.add(files(['a']))
  await run()
  uploader.add(files(['b']))
  uploader.destroy()
  await run()
  expect(saved).toEqual(['a', 'b'])
})

test('a file whose list was left at once, and that is wanted again there, is kept until it is stored', async () => {
  const disk = createDisk()
  const { uploader, storage, run, statuses } = createUploaderFixture({ recovery: disk })
  const [id] = uploader.add(files(['a']))
  uploader.destroy()
  uploader.retry(id!)
  await run()
  expect(disk.items.size).toBe(1)
  storage.last().succeed()
  await run()
  expect(statuses()).toEqual(['success'])
  uploader.clear()
  await run()
  expect(disk.items.size).toBe(0)
})

test('a file that was on its way is not sent again by the next, who could not know that it may be stored', async () => {
  let arrive = (): void => {}
  page.brings = new Promise((resolve) => (arrive = resolve))
  const disk = createDisk()
  const { uploader, storage, run } = createUploaderFixture({ recovery: disk, concurrency: 1 })
  uploader.add(files(['on its way', 'next']))
  await run()
  storage.last().progress(10, 'waiting')
  uploader.destroy()
  arrive()
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['next'])
})

test.each([
  ['was being hashed', { contentMd5: true }, 'hashing'],
  ['waited for its policy', { policy: () => new Promise<never>(() => {}) }, 'signing'],
])('a file that %s as its list was left, and what keeps it had not come, is there for the next', async (_, options, status) => {
  let arrive = (): void => {}
  page.brings = new Promise((resolve) => (arrive = resolve))
  const disk = createDisk()
  const { uploader, run, statuses } = createUploaderFixture({ recovery: disk, ...options })
  const [file] = files(['a'])
  uploader.add([Object.assign(file!, { arrayBuffer: () => new Promise<never>(() => {}) })])
  await vi.waitFor(async () => {
    await run()
    expect(statuses()).toEqual([status])
  })
  uploader.destroy()
  arrive()
  await run()
  expect([...disk.items.values()].map(({ name }) => name)).toEqual(['a'])
})
