import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDisk, type Disk } from './testing/recovery-disk.ts'
import { files } from './testing/uploader-fixture.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.resetModules()
})

/** Another page, which knows nothing of those before, a minute after them. */
async function openPage(disk: Disk) {
  vi.setSystemTime(Date.now() + 60_000)
  vi.resetModules()
  const { createUploaderFixture } = await import('./testing/uploader-fixture.ts')
  const { uploader, run, items } = createUploaderFixture({ recovery: disk })
  return {
    restore: () => uploader.restore(),
    async add(...names: readonly string[]) {
      uploader.add(files(names))
      await run()
    },
    names: () => items().map(({ name }) => name),
  }
}

test('who drops files before those of the page before are back finds the list as it was after the next reload, too', async () => {
  const disk = createDisk()
  const first = await openPage(disk)
  await first.restore()
  await first.add('a', 'b', 'c')
  for (const early of ['d', 'e']) {
    const page = await openPage(disk)
    await page.add(early, `${early} too`)
    await page.restore()
    await page.add(`${early} at last`)
    const next = await openPage(disk)
    await next.restore()
    expect(next.names()).toEqual(page.names())
  }
})

test('the files of two tabs that are closed stay together, the older ones first', async () => {
  const disk = createDisk()
  const [one, other] = [createDisk(), createDisk()]
  for (const [own, names] of [
    [one, ['a', 'b']],
    [other, ['c', 'd']],
  ] as const) {
    const tab = await openPage(own)
    await tab.restore()
    await tab.add(...names)
  }
  await disk.save([...other.items.values(), ...one.items.values()])
  const next = await openPage(disk)
  await next.restore()
  expect(next.names()).toEqual(['a', 'b', 'c', 'd'])
})
