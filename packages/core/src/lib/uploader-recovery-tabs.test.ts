import { expect, test, vi } from 'vitest'
import { createRecoveryStore } from './recovery/recovery.ts'
import { createFakeBrowser, type FakePage } from './testing/fake-browser.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

vi.mock('idb-keyval', () => import('./testing/fake-browser.ts'))

function recoveryOf({ name, locks }: FakePage) {
  vi.stubGlobal('navigator', { locks })
  const store = createRecoveryStore({ name })
  vi.unstubAllGlobals()
  return store
}

/** A tab with a file `a`, while another one copies a large file. */
async function besideACopy() {
  const browser = createFakeBrowser()
  const [tab, other, last] = [browser.open(), browser.open(), browser.open()]
  const { uploader, run } = createUploaderFixture({ recovery: recoveryOf(tab) })
  uploader.pause()
  const [id = ''] = uploader.add(files(['a']))
  await run()
  browser.slow = true
  const second = createUploaderFixture({ recovery: recoveryOf(other) })
  second.uploader.add(files(['large']))
  await second.run()
  return {
    uploader,
    run,
    id,
    /** The names that the page finds after that. */
    reload: async (): Promise<readonly string[]> => {
      tab.die()
      browser.slow = false
      const next = createUploaderFixture({ recovery: recoveryOf(last) })
      const restored = next.uploader.restore()
      browser.copied()
      await next.run()
      await restored
      return next.items().map(({ name }) => name)
    },
  }
}

test('a list that was destroyed and is used again takes no file from the tab that has taken it over', async () => {
  const browser = createFakeBrowser()
  const [tab, other, last] = [browser.open(), browser.open(), browser.open()]
  const first = createUploaderFixture({ recovery: recoveryOf(tab) })
  const { uploader, run, policy, storage, clock } = first
  uploader.add(files(['a']))
  await run()
  // The view is left, and another tab takes over.
  uploader.destroy()
  await run()
  const second = createUploaderFixture({ recovery: recoveryOf(other) })
  await second.uploader.restore()
  await second.run()
  expect(second.items()).toMatchObject([{ name: 'a', status: 'uploading' }])

  // The view is shown again, and cleaned up.
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, recovery: recoveryOf(tab) })
  uploader.add(files(['b']))
  await run()
  uploader.clear()
  await run()
  expect(first.items()).toMatchObject([{ name: 'b' }])

  other.die()
  const third = createUploaderFixture({ recovery: recoveryOf(last) })
  await third.uploader.restore()
  expect(third.items().map(({ name }) => name)).toEqual(['a'])
})

test('what was left while a large file is being copied, and is cleared when the list is used again, does not come back', async () => {
  const browser = createFakeBrowser()
  const [tab, last] = [browser.open(), browser.open()]
  const { uploader, run, policy, storage, clock } = createUploaderFixture({ recovery: recoveryOf(tab) })
  uploader.pause()
  browser.slow = true
  uploader.add(files(['large']))
  await run()
  uploader.add(files(['small']))
  await run()
  // The view is left, shown again, and cleaned up.
  uploader.destroy()
  await run()
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, recovery: recoveryOf(tab) })
  void uploader.restore()
  await run()
  uploader.clear('all')
  for (await run(); browser.copying() > 0; await run()) browser.copied()

  tab.die()
  const next = createUploaderFixture({ recovery: recoveryOf(last) })
  await next.uploader.restore()
  expect(next.items().map(({ name }) => name)).toEqual([])
})

test.each(['at once', 'later'])(
  'a file that was canceled and wanted again %s, while another tab copies a large one, is there after a reload',
  async (when) => {
    const { uploader, run, id, reload } = await besideACopy()
    uploader.cancel(id)
    if (when === 'later') await run()
    uploader.retry(id)
    await run()
    expect(await reload()).toEqual(['a'])
  },
)

test('a file that is wanted again in a list that was left while a large one is being copied is kept', async () => {
  const browser = createFakeBrowser()
  const [tab, last] = [browser.open(), browser.open()]
  vi.stubGlobal('navigator', { locks: tab.locks })
  const { uploader, run } = createUploaderFixture({ recovery: tab.name })
  uploader.pause()
  const [small] = uploader.add(files(['small']))
  await run()
  browser.slow = true
  uploader.add(files(['large']))
  await run()
  uploader.cancel(small!)
  await run()
  // The view is left, and shown again.
  uploader.destroy()
  await run()
  uploader.retry(small!)
  for (await run(); browser.copying() > 0; await run()) browser.copied()

  tab.die()
  const next = createUploaderFixture({ recovery: recoveryOf(last) })
  await next.uploader.restore()
  expect(next.items().map(({ name }) => name)).toContain('small')
})

test('a file that was canceled, wanted again and canceled, while another tab copies a large one, does not come back', async () => {
  const { uploader, run, id, reload } = await besideACopy()
  for (const act of [uploader.cancel, uploader.retry, uploader.cancel]) {
    act(id)
    await run()
  }
  expect(await reload()).toEqual([])
})

test('a file that is wanted again in a list that was left, and for which there is no room any more, is not for another tab', async () => {
  const browser = createFakeBrowser()
  const [tab, other] = [browser.open(), browser.open()]
  vi.stubGlobal('navigator', { locks: tab.locks })
  const { uploader, run, storage } = createUploaderFixture({ recovery: tab.name })
  const [id] = uploader.add(files(['a']))
  await run()
  // The view is left, and shown again.
  uploader.destroy()
  await run()
  browser.full = true
  uploader.retry(id!)
  await run()
  expect(storage.active()).toHaveLength(1)

  const second = createUploaderFixture({ recovery: recoveryOf(other) })
  await second.uploader.restore()
  await second.run()
  expect(second.items()).toEqual([])
})

/** A tab whose view was left with a file `a`. */
async function leftView() {
  const browser = createFakeBrowser()
  const [tab, other] = [browser.open(), browser.open()]
  vi.stubGlobal('navigator', { locks: tab.locks })
  const first = createUploaderFixture({ recovery: tab.name })
  first.uploader.add(files(['a']))
  await first.run()
  first.uploader.destroy()
  await first.run()
  return { browser, tab, other, first }
}

/** The same, and another tab that has taken it over. */
async function takenOver() {
  const { browser, tab, other, first } = await leftView()
  const second = createUploaderFixture({ recovery: recoveryOf(other) })
  await second.uploader.restore()
  await second.run()
  return { browser, tab, other, first, second }
}

test('what another tab has taken over is there after its reload, though this tab cleaned up while that one copied a large file', async () => {
  const { browser, other, first, second } = await takenOver()
  const last = browser.open()
  browser.slow = true
  second.uploader.add(files(['large']))
  await second.run()
  first.uploader.clear()
  await first.run()

  other.die()
  browser.slow = false
  const third = createUploaderFixture({ recovery: recoveryOf(last) })
  await third.uploader.restore()
  expect(third.items().map(({ name }) => name)).toEqual(['a'])
})

test.each(['this', 'the other'])(
  'a file that had failed in a list that was left stays with the tab that sends it, when %s tab goes',
  async (which) => {
    const browser = createFakeBrowser()
    const [tab, other, last] = [browser.open(), browser.open(), browser.open()]
    vi.stubGlobal('navigator', { locks: tab.locks })
    const first = createUploaderFixture({ recovery: tab.name, confirm: async () => ({ outcome: 'absent' }) })
    first.uploader.add(files(['a']))
    await first.run()
    first.storage.requests[0]?.refuse(403, 'AccessDenied')
    await first.run()
    // The view is left, and another tab takes over.
    first.uploader.destroy()
    await first.run()
    const second = createUploaderFixture({ recovery: recoveryOf(other) })
    await second.uploader.restore()
    await second.run()
    expect(second.items()).toMatchObject([{ name: 'a', status: 'uploading' }])

    // The view is shown again, and left for good.
    vi.stubGlobal('navigator', { locks: tab.locks })
    first.uploader.add(files(['b']))
    await first.run()
    vi.unstubAllGlobals()
    ;(which === 'this' ? tab : other).die()
    const third = createUploaderFixture({ recovery: recoveryOf(last) })
    await third.uploader.restore()
    expect(third.items().map(({ name }) => name)).toEqual([which === 'this' ? 'b' : 'a'])
  },
)

test('what another tab has taken over is kept, though that is reloaded while this one copies a large file and cleans up', async () => {
  const { browser, tab, other, first } = await takenOver()
  const [next, last] = [browser.open(), browser.open()]
  // The view is shown again.
  browser.slow = true
  vi.stubGlobal('navigator', { locks: tab.locks })
  first.uploader.pause()
  first.uploader.add(files(['large']))
  await first.run()
  first.uploader.clear()
  await first.run()
  // The other is reloaded meanwhile.
  expect(browser.copying()).toBe(1)
  other.die()
  browser.slow = false
  const third = createUploaderFixture({ recovery: recoveryOf(next) })
  const restored = third.uploader.restore()
  await third.run()
  await restored
  await third.run()
  expect(third.items()).toMatchObject([{ name: 'a', status: 'uploading' }])
  next.die()
  const fourth = createUploaderFixture({ recovery: recoveryOf(last) })
  await fourth.uploader.restore()
  await fourth.run()
  expect(fourth.items().map(({ name }) => name)).toEqual(['a'])
})

test('what was left, shown again and left again does not come back when it is cleared then', async () => {
  const browser = createFakeBrowser()
  const [tab, last] = [browser.open(), browser.open()]
  vi.stubGlobal('navigator', { locks: tab.locks })
  const { uploader, run } = createUploaderFixture({ recovery: tab.name })
  uploader.add(files(['a']))
  await run()
  uploader.destroy()
  await run()
  await uploader.restore()
  await run()
  uploader.destroy()
  await run()
  uploader.clear('all')
  await run()

  tab.die()
  const next = createUploaderFixture({ recovery: recoveryOf(last) })
  await next.uploader.restore()
  expect(next.items()).toEqual([])
})

test.each([17, 25, 34])(
  'what is taken out of a list that was left as another tab takes it over is kept for that tab, or is not in it (turn %d)',
  async (turns) => {
    const { browser, other, first } = await leftView()
    vi.unstubAllGlobals()
    const second = createUploaderFixture({ recovery: recoveryOf(other) })
    const restored = second.uploader.restore()
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    first.uploader.clear()
    await first.run()
    await restored
    await second.run()

    other.die()
    const third = createUploaderFixture({ recovery: recoveryOf(browser.open()) })
    await third.uploader.restore()
    expect(third.items().map(({ name }) => name)).toEqual(second.items().map(({ name }) => name))
  },
)
