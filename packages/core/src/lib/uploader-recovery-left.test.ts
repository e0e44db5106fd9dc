import { beforeEach, expect, test, vi, onTestFinished } from 'vitest'
import type { RecoveredItem, RecoveryStore, RecoveryStoreOptions, SentNote } from './recovery/recovery.ts'
import { createDisk } from './testing/recovery-disk.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

const disks = vi.hoisted(() => {
  let copied = (): void => {}
  return {
    items: new Map<string, RecoveredItem>(),
    large: Promise.resolve(),
    copied: () => copied(),
    renew() {
      this.items.clear()
      this.large = new Promise((resolve) => {
        copied = resolve
      })
    },
  }
})
beforeEach(() => disks.renew())

// As IndexedDB: one transaction after the other, a large file's takes its time; what is removed goes with its note.
vi.mock('./recovery/recovery.ts', () => ({
  createRecoveryStore({ name }: RecoveryStoreOptions): RecoveryStore {
    const { items } = disks
    const notes = new Map<string, SentNote>()
    return {
      async save(records) {
        if (records.some((record) => record.name === 'large')) await disks.large
        for (const record of records) items.set(`${name} ${record.id}`, record)
      },
      load: async () => [...items.values()].map((item) => ({ ...item, sent: notes.get(item.id) })),
      async note(all) {
        for (const [id, sent] of all) notes.set(id, sent)
      },
      async remove(ids) {
        for (const id of ids) if (items.delete(`${name} ${id}`)) notes.delete(id)
      },
      close() {},
    }
  },
}))

test.each([
  ['', false],
  [', also where it was hidden, and shown, once more meanwhile', true],
])('a file that was taken out of a list that is shown again does not come back since it still waited to be kept%s', async (_, twice) => {
  const { uploader, run } = createUploaderFixture({ recovery: 'list' })
  uploader.pause()
  uploader.add(files(['large']))
  await run()
  const [one] = uploader.add(files(['one']))
  await run()
  // The view is hidden (<Activity>), and shown again.
  uploader.destroy()
  await run()
  uploader.add(files(['another']))
  await run()
  if (twice) {
    uploader.destroy()
    await run()
  }
  uploader.remove(one!)
  await run()
  disks.copied()
  for (let turns = 0; turns < 5; turns += 1) await run()
  // The page goes, without a word.
  expect(Array.from(disks.items.values(), ({ name }) => name).toSorted()).toEqual(['another', 'large'])
})

test('a file that is wanted again in a list that is shown again, and canceled then, does not come back since it still waited to be kept', async () => {
  const { uploader, run } = createUploaderFixture({ recovery: 'list' })
  uploader.pause()
  uploader.add(files(['large']))
  await run()
  const [one] = uploader.add(files(['one']))
  await run()
  uploader.destroy()
  await run()
  uploader.retry(one!)
  await run()
  uploader.cancel(one!)
  await run()
  disks.copied()
  for (let turns = 0; turns < 5; turns += 1) await run()
  expect(Array.from(disks.items.values(), ({ name }) => name)).toEqual(['large'])
})

test('who restores waits for all lists of that name that were left, whichever was left last', async () => {
  const [first, second] = [createUploaderFixture({ recovery: 'list' }), createUploaderFixture({ recovery: 'list' })]
  for (const [{ uploader, run }, name] of [[first, 'large'] as const, [second, 'small'] as const]) {
    uploader.pause()
    uploader.add(files([name]))
    await run()
  }
  first.uploader.destroy()
  second.uploader.destroy()
  await first.run()
  const { uploader, run, items } = createUploaderFixture({ recovery: 'list' })
  const restored = uploader.restore()
  await run()
  disks.copied()
  await restored
  expect(
    items()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['large', 'small'])
})

test('a list does not wait for the large file that one of another name has left behind', async () => {
  const left = createUploaderFixture({ recovery: 'videos' })
  left.uploader.add(files(['large']))
  await left.run()
  left.uploader.destroy()
  await left.run()

  const { uploader, run } = createUploaderFixture({ recovery: 'photos' })
  let restored = false
  void uploader.restore().then(() => {
    restored = true
  })
  await run()
  expect(restored).toBe(true)
})

test.each([false, true])(
  'a file of an earlier page is not thrown away because others were added before it came back (validate: %s)',
  async (validates) => {
    const restrictions = { maxFiles: 1, ...(validates && { validate: async () => null }) }
    const disk = createDisk()
    const before = createUploaderFixture({ recovery: disk, restrictions })
    before.uploader.add(files(['old']))
    await before.run()
    before.uploader.destroy()
    await before.run()
    const { uploader, run, items } = createUploaderFixture({ recovery: disk, restrictions })
    uploader.add(files(['new']))
    await uploader.restore()
    await run()
    expect(items().map(({ name }) => name)).toEqual(['new', 'old'])
    expect([...disk.items.values()].map(({ name }) => name)).toEqual(['old', 'new'])
  },
)

test('a file that is taken out is asked for once, however often the uploader was destroyed and used again', async () => {
  const disk = createDisk()
  let removals = 0
  const counted = { ...disk, items: disk.items, remove: (ids: readonly string[]) => ((removals += 1), disk.remove(ids)) }
  const { uploader, run } = createUploaderFixture({ recovery: counted })
  for (let life = 0; life < 50; life += 1) {
    uploader.add(files(['a']))
    await run()
    // A tree that is hidden (Activity), and shown again.
    uploader.destroy()
    uploader.clear('all')
    await run()
  }
  expect(disk.items.size).toBe(0)
  uploader.add(files(['b']))
  await run()
  removals = 0
  uploader.clear('all')
  await run()
  expect(disk.items.size).toBe(0)
  expect(removals).toBe(1)
})

test.each([{ maxFiles: 1 }, { maxTotalSize: 12 }])(
  'a file of an earlier page is not thrown away where it is yet to be prepared (%o)',
  async (restrictions) => {
    const disk = createDisk()
    const prepare = async (file: Blob) => file
    const before = createUploaderFixture({ recovery: disk, restrictions, prepare: () => new Promise(() => {}) })
    before.uploader.add(files(['old']))
    await before.run()
    before.uploader.destroy()
    await before.run()
    const { uploader, run, items } = createUploaderFixture({ recovery: disk, restrictions, prepare })
    uploader.add(files(['new']))
    await uploader.restore()
    await run()
    expect(items().map(({ name }) => name)).toEqual(['new', 'old'])
    expect([...disk.items.values()].map(({ name }) => name)).toEqual(['old', 'new'])
  },
)

test('who restores is told so where what another view has left behind is never written', async () => {
  const { uploader, run } = createUploaderFixture({ recovery: 'stuck' })
  uploader.pause()
  uploader.add(files(['large']))
  await run()
  uploader.destroy()
  await run()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const other = createUploaderFixture({ recovery: 'stuck' })
  const restored = other.uploader.restore().catch(String)
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1), { timeout: 20_000 })
  await vi.advanceTimersByTimeAsync(120_000)
  expect(await restored).toContain('does not answer')
})

test('a file that is wanted again as soon as it is canceled, and whose list is left at once, is there after a reload', async () => {
  const disk = createDisk()
  const { uploader, run } = createUploaderFixture({ recovery: disk })
  const [id] = uploader.add(files(['a']))
  await run()
  uploader.cancel(id!)
  // By now it is told, and nothing is removed yet.
  await Promise.resolve()
  uploader.retry(id!)
  uploader.destroy()
  await run()

  const after = createUploaderFixture({ recovery: disk })
  await after.uploader.restore()
  await after.run()
  expect(after.items()).toMatchObject([{ name: 'a', status: 'uploading' }])
})
