import { createStore, del, keys } from 'idb-keyval'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createRecoveryStore, type RecoveredItem, type RecoveryStore } from './recovery.ts'

let lastName = 0
function open(name: string): RecoveryStore {
  const store = createRecoveryStore({ name })
  onTestFinished(() => store.close())
  return store
}
const freshName = (): string => `test-${Date.now()}-${++lastName}`

const result = {
  bucket: 'b-1',
  key: 'a',
  location: 'https://host/a',
  etag: '"x"',
  versionId: null,
  crc64: null,
  integrity: 'verified',
  encryption: null,
  requestId: 'r',
  status: 204,
  via: 'xhr',
  diagnostics: [],
} as const

function item(id: string, order: number, rest: Partial<RecoveredItem> = {}): RecoveredItem {
  const file = new File([`bytes of ${id}`], `${id}.txt`, { type: 'text/plain' })
  return {
    id,
    file,
    name: file.name,
    size: file.size,
    type: file.type,
    relativePath: null,
    priority: 0,
    order,
    prepared: false,
    result: null,
    ...rest,
  }
}

/** What a reload does to a store: the page goes away, and its lock with it. */
async function reload(store: RecoveryStore, name: string): Promise<RecoveryStore> {
  store.close()
  // The browser grants and lists locks a moment after one was let go.
  while ((await navigator.locks.query()).held?.some((lock) => lock.name?.startsWith(`cosdrop-${name}-`))) continue
  return open(name)
}

test('after a reload unfinished items are there with their files, finished ones with their result, in order', async () => {
  const name = freshName()
  const before = open(name)
  await before.save([item('a', 2), item('c', 0), item('b', 1, { file: null, result, relativePath: 'folder/b.txt', priority: 5 })])
  const restored = await (await reload(before, name)).load()
  expect(restored.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  expect(await restored[0]?.file?.text()).toBe('bytes of c')
  expect(restored[0]?.file).toMatchObject({ name: 'c.txt', type: 'text/plain' })
  expect(restored[1]).toEqual(item('b', 1, { file: null, result, relativePath: 'folder/b.txt', priority: 5 }))
})

test('what was removed or replaced stays so', async () => {
  const name = freshName()
  const before = open(name)
  await before.save([item('a', 0), item('b', 1)])
  await before.save([item('a', 0, { file: null, result })])
  await before.remove(['b', 'unknown'])
  const restored = await (await reload(before, name)).load()
  expect(restored).toMatchObject([{ id: 'a', file: null, result: { etag: '"x"' } }])
})

test('a second tab does not take the items of one that lives', async () => {
  const name = freshName()
  const first = open(name)
  await first.save([item('a', 0)])
  const second = open(name)
  expect(await second.load()).toEqual([])
  second.close()
  expect((await (await reload(first, name)).load()).map(({ id }) => id)).toEqual(['a'])
})

test('two tabs that open at once never both restore the same item', async () => {
  const name = freshName()
  const before = open(name)
  await before.save(Array.from({ length: 20 }, (_, index) => item(`${index}`, index)))
  const one = await reload(before, name)
  const two = open(name)
  const [ofOne, ofTwo] = await Promise.all([one.load(), two.load()])
  expect([...ofOne, ...ofTwo]).toHaveLength(20)
  expect(await one.load()).toEqual([])
})

test('what is noted together is written together: alone each takes the browser ten times as long', async () => {
  const name = freshName()
  const before = open(name)
  await before.save([item('a', 0), item('b', 1), item('c', 2)])
  const writes = vi.spyOn(IDBDatabase.prototype, 'transaction')
  const sent = (key: string) => ({ action: 'https://host/', key, receipt: null, result: null, problem: null })
  await before.note(new Map(['a', 'b', 'c'].map((id) => [id, sent(id)])))
  expect(writes).toHaveBeenCalledTimes(1)
  expect((await (await reload(before, name)).load()).map((kept) => kept.sent?.key)).toEqual(['a', 'b', 'c'])
})

test('what a page noted in the turn in which it went is kept: without it what it began to send would be sent again', async () => {
  const name = freshName()
  const page = document.body.appendChild(document.createElement('iframe'))
  const { indexedDB: ofPage, IDBObjectStore: tables } = page.contentWindow as Window & typeof globalThis
  vi.stubGlobal('indexedDB', ofPage)
  onTestFinished(() => void vi.unstubAllGlobals())
  const store = open(name)
  await store.note(new Map([['a', { action: '', key: 'a', receipt: null, result: null, problem: null }]]))
  const put = vi.spyOn(tables.prototype, 'put')
  void store.note(new Map([['b', { action: '', key: 'b', receipt: null, result: null, problem: null }]])).catch(() => {})
  while (put.mock.calls.length === 0) await Promise.resolve()
  page.remove()
  vi.unstubAllGlobals()
  expect(await keys(createStore(`cosdrop/notes/${name}`, 'notes'))).toEqual(['a', 'b'])
})

test('an insecure page, where there are no locks, keeps and restores all the same, and nothing twice', async () => {
  vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as unknown as LockManager)
  onTestFinished(() => void vi.restoreAllMocks())
  const name = freshName()
  const before = open(name)
  await before.save([item('a', 0), item('b', 1)])
  await before.remove(['b'])
  expect(await before.load()).toEqual([])
  before.close()
  expect((await open(name).load()).map(({ id }) => id)).toEqual(['a'])
})

/** A tab that is granted its lock late. */
function openSlowly(name: string): { readonly slow: RecoveryStore; readonly grant: () => void } {
  let grant = (): void => {}
  const granted = new Promise<void>((resolve) => {
    grant = resolve
  })
  const request = navigator.locks.request.bind(navigator.locks)
  const asked = vi.spyOn(navigator.locks, 'request').mockImplementationOnce(async (lock: string, callback: unknown) => {
    await granted
    return request(lock, callback as LockGrantedCallback<unknown>)
  })
  onTestFinished(() => asked.mockRestore())
  return { slow: open(name), grant }
}

test('what a tab adds before it has its lock is not taken by another one that opens', async () => {
  const name = freshName()
  const { slow, grant } = openSlowly(name)
  const saved = slow.save([item('a', 0)])
  expect(await open(name).load()).toEqual([])
  grant()
  await saved
  expect(await open(name).load()).toEqual([])
})

test('a tab takes nothing before it has its lock, or another one would take it, too', async () => {
  const name = freshName()
  const gone = open(name)
  await gone.save([item('a', 0)])
  await reload(gone, name)
  const { slow, grant } = openSlowly(name)
  const late = slow.load()
  const found = await open(name).load()
  grant()
  expect([...found, ...(await late)].map(({ id }) => id)).toEqual(['a'])
})

test('a note is not written before its tab has its lock', async () => {
  const name = freshName()
  const { slow, grant } = openSlowly(name)
  const writes = vi.spyOn(IDBDatabase.prototype, 'transaction')
  onTestFinished(() => writes.mockRestore())
  const noted = slow.note(new Map([['a', { action: '', key: 'a', receipt: null, result: null, problem: null }]]))
  await open(name).load()
  expect(writes.mock.calls.filter(([, mode]) => mode === 'readwrite')).toEqual([])
  grant()
  await noted
  expect(writes.mock.calls.filter(([, mode]) => mode === 'readwrite')).toHaveLength(1)
})

test('who restores does not wait for a lock of his own', async () => {
  const name = freshName()
  const asked = vi.spyOn(navigator.locks, 'request')
  onTestFinished(() => asked.mockRestore())
  const store = open(name)
  await store.save([item('a', 0)])
  await store.load()
  const names = asked.mock.calls.map(([lock]) => lock)
  expect(names).toEqual([...new Set(names)])
})

test('stores of other names are kept apart', async () => {
  const name = freshName()
  const before = open(name)
  await before.save([item('a', 0)])
  before.close()
  expect(await open(freshName()).load()).toEqual([])
})

test('what was noted of an item comes with it, and goes with it', async () => {
  const name = freshName()
  const before = open(name)
  const sent = { action: 'https://host/', key: 'a', receipt: 'r', result: null, problem: null }
  await before.save([item('a', 0), item('b', 1)])
  await before.note(new Map([['a', sent]]))
  await before.note(new Map([['b', sent]]))
  await before.remove(['b'])
  await before.save([item('b', 1)])
  let page = before
  // The second time nothing was noted anew.
  for (let reloads = 0; reloads < 2; reloads += 1) {
    page = await reload(page, name)
    expect((await page.load()).map((kept) => [kept.id, kept.sent])).toEqual([
      ['a', sent],
      ['b', undefined],
    ])
  }
})

test('what was noted of an item that its page took out as it went does not stay for ever', async () => {
  const name = freshName()
  const before = open(name)
  const sent = { action: 'https://host/', key: 'a', receipt: 'r', result: null, problem: null }
  await before.save([item('a', 0), item('b', 1)])
  await before.note(new Map(['a', 'b'].map((id) => [id, sent])))
  // As far as it came with that.
  await del('a', createStore(`cosdrop-${name}`, 'items'))
  const after = await reload(before, name)
  // Its file is still being copied.
  await open(name).note(new Map([['c', sent]]))
  await after.load()
  expect(await keys(createStore(`cosdrop/notes/${name}`, 'notes'))).toEqual(['b', 'c'])
})

test('a file that the browser does not delete keeps its note: without it the file would be sent again', async () => {
  const name = freshName()
  const before = open(name)
  const sent = { action: 'https://host/', key: 'a', receipt: 'r', result: null, problem: null }
  await before.save([item('a', 0)])
  await before.note(new Map([['a', sent]]))
  const deleted = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementationOnce(() => {
    throw new DOMException('refused', 'UnknownError')
  })
  onTestFinished(() => deleted.mockRestore())
  await expect(before.remove(['a'])).rejects.toThrow('refused')
  expect((await (await reload(before, name)).load()).map((kept) => [kept.id, kept.sent])).toEqual([['a', sent]])
})

test('a tab does not take what another began to keep while it looked', async () => {
  const name = freshName()
  const one = open(name)
  const query = navigator.locks.query.bind(navigator.locks)
  vi.spyOn(navigator.locks, 'query').mockImplementationOnce(async () => {
    const held = await query()
    // Just now a second tab opens, and its user drops a file.
    await open(name).save([item('of the other', 0)])
    return held
  })
  expect((await one.load()).map(({ id }) => id)).toEqual([])
})

test('what was restored, let go of and kept again is not for another page', async () => {
  const name = freshName()
  const first = open(name)
  await first.save([item('a', 0)])
  const second = await reload(first, name)
  expect(await second.load()).toHaveLength(1)
  // As an uploader does whose file is wanted again after its `destroy`.
  const third = await reload(second, name)
  await third.save([item('a', 0)])
  expect(await open(name).load()).toEqual([])
})

test('what a page takes out waits for another that is taking over what is free: that would not be asked', async () => {
  const name = freshName()
  const store = open(name)
  await store.save([item('a', 0)])
  const kept = (): Promise<IDBValidKey[]> => keys(createStore(`cosdrop-${name}`, 'items'))
  let removed = Promise.resolve()
  await navigator.locks.request(`cosdrop-${name}-claim`, async () => {
    removed = store.remove(['a'])
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await kept()).toEqual(['a'])
  })
  await removed
  expect(await kept()).toEqual([])
})

test('what another page has taken over is not removed by the one that had it', async () => {
  const name = freshName()
  const first = open(name)
  await first.save([item('a', 0)])
  const second = await reload(first, name)
  await second.load()
  await first.remove(['a'])
  expect((await (await reload(second, name)).load()).map(({ id }) => id)).toEqual(['a'])
})

test('uploaders that come and go leave no connection behind each', async () => {
  const name = freshName()
  const opened = vi.spyOn(indexedDB, 'open')
  const listened = vi.spyOn(globalThis, 'addEventListener')
  const forgotten = vi.spyOn(globalThis, 'removeEventListener')
  const pageshows = (spy: { readonly mock: { readonly calls: readonly (readonly unknown[])[] } }) =>
    spy.mock.calls.filter(([type]) => type === 'pageshow')
  for (let count = 0; count < 5; count++) {
    const store = createRecoveryStore({ name })
    await store.save([item('a', 0)])
    await store.load()
    store.close()
  }
  expect(opened).toHaveBeenCalledTimes(2)
  await Promise.resolve()
  expect(pageshows(listened)).toHaveLength(5)
  expect(pageshows(forgotten)).toEqual(pageshows(listened))
})

test('an app that deletes the databases as its user signs out does not wait for the page to go, and what comes after that is kept', async () => {
  const name = freshName()
  const before = open(name)
  await before.save([item('a', 0)])
  await before.note(new Map([['a', { action: 'https://host/', key: 'a', receipt: null, result: null, problem: null }]]))
  const deleted = [`cosdrop-${name}`, `cosdrop/notes/${name}`].map(
    (database) =>
      new Promise((resolve) => {
        const request = indexedDB.deleteDatabase(database)
        request.onsuccess = () => resolve('deleted')
        request.onblocked = () => resolve('blocked')
      }),
  )
  expect(await Promise.all(deleted)).toEqual(['deleted', 'deleted'])
  await before.save([item('b', 1)])
  expect((await (await reload(before, name)).load()).map(({ id }) => id)).toEqual(['b'])
})

test('a page that WebKit brings back from its cache, without its lock, keeps its items', async () => {
  const name = freshName()
  await open(name).save([item('a', 0)])
  const [lock] = (await navigator.locks.query()).held?.filter((held) => held.name?.startsWith(`cosdrop-${name}-`)) ?? []
  await navigator.locks.request(lock?.name ?? '', { steal: true }, () => {})
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  expect(await open(name).load()).toEqual([])
})

test.each([
  ['was added to', async (page: RecoveryStore) => page],
  ['was restored by', async (page: RecoveryStore, name: string) => reload(page, name)],
])('what %s a page that Chromium has in its back/forward cache is restored: who waits for its lock has it thrown out', async (_, came) => {
  const name = freshName()
  const added = open(name)
  await added.save([item('a', 0)])
  const hidden = await came(added, name)
  await hidden.load()
  const lockOfHidden = (await navigator.locks.query()).held?.find((lock) => lock.name?.startsWith(`cosdrop-${name}-`))?.name
  const request = navigator.locks.request.bind(navigator.locks)
  const asked = vi.spyOn(navigator.locks, 'request').mockImplementation(((lock: string, ...rest: [LockOptions, LockGrantedCallback<unknown>]) => {
    // That takes the browser a moment.
    if (lock === lockOfHidden) setTimeout(() => hidden.close(), 100)
    return request(lock, ...rest)
  }) as LockManager['request'])
  onTestFinished(() => asked.mockRestore())
  expect((await open(name).load()).map(({ id }) => id)).toEqual(['a'])
})

test('a tab takes what one that goes has kept at last, not what it had kept before that', async () => {
  const name = freshName()
  const first = open(name)
  await first.save([item('a', 0), item('b', 1), item('c', 2)])
  const second = open(name)
  const loaded = second.load()
  // It waits for the lock of the first, in which an upload ends, another one begins, and a third is taken out.
  await new Promise((resolve) => setTimeout(resolve, 100))
  const sent = { action: 'https://host/', key: 'b', receipt: 'r', result: null, problem: null }
  await first.save([item('a', 0, { file: null, result })])
  await first.note(new Map([['b', sent]]))
  await first.remove(['c'])
  first.close()
  const found = await loaded
  expect((found.length > 0 ? found : await second.load()).map((kept) => [kept.id, kept.result, kept.sent])).toEqual([
    ['a', result, undefined],
    ['b', null, sent],
  ])
})
