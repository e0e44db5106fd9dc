import { createStore, entries } from 'idb-keyval'
import { expect, test, vi } from 'vitest'
import { cdp } from 'vitest/browser'
import { createUploader } from './create-uploader.ts'
import { createRecoveryStore, type SentNote } from './recovery/recovery.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

let names = 0
const newName = (): string => `uploader-${Date.now()}-${(names += 1)}`
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const keptNames = async (name: string): Promise<readonly string[]> => {
  const records = await entries<string, { readonly item: { readonly name: string } }>(createStore(`cosdrop-${name}`, 'items'))
  return records.map(([, { item }]) => item.name)
}

/** As a browser does that copies a large file into it: nobody else reads or writes it, whichever tab he is in. */
function occupy(database: string): () => void {
  let busy = true
  void createStore(database, 'items')('readwrite', (store) => {
    const goOn = (): void => void (busy && (store.get('x').onsuccess = goOn))
    goOn()
  })
  return () => {
    busy = false
  }
}

test('a large file that another tab copies holds up no note of this one', async () => {
  const recovery = newName()
  const here = createUploaderFixture({ recovery, concurrency: 1, confirm: () => new Promise(() => {}) })
  const [a, b] = here.uploader.add(files(['a', 'b']))
  await here.run()
  await expect.poll(() => keptNames(recovery)).toHaveLength(2)
  const release = occupy(`cosdrop-${recovery}`)
  await pause(50)
  here.uploader.cancel(a)
  await here.run()
  expect(here.statuses()).toEqual(['canceled', 'uploading'])
  const noted = async (): Promise<unknown> => {
    const notes = new Map(await entries<string, { readonly sent?: SentNote }>(createStore(`cosdrop/notes/${recovery}`, 'notes')))
    return { a: notes.get(a!)?.sent?.gone, b: notes.get(b!)?.sent?.key }
  }
  await expect.poll(noted).toEqual({ a: true, b: here.storage.last().key })
  release()
  here.uploader.destroy()
})

test('who empties the list of a destroyed uploader file by file takes nothing from the tab that restored it', async () => {
  const recovery = newName()
  const { uploader, run } = createUploaderFixture({ recovery })
  uploader.pause()
  const ids = uploader.add(files(['a', 'b']))
  await run()
  await expect.poll(() => keptNames(recovery)).toHaveLength(2)
  uploader.destroy()
  const there = createRecoveryStore({ name: recovery })
  // Each look may wait half a second for the lock, and a busy machine takes longer to let it go.
  await expect.poll(async () => (await there.load()).map(({ name }) => name), { timeout: 10_000 }).toEqual(['a', 'b'])
  for (const id of ids) {
    uploader.remove(id)
    await run()
  }
  // Time for what is not to happen.
  await pause(300)
  expect(await keptNames(recovery)).toHaveLength(2)
  there.close()
})

test('a view that is left as a file is canceled, and shown again at once, finds the others', async () => {
  const recovery = newName()
  const before = createUploaderFixture({ recovery })
  before.uploader.pause()
  const [a] = before.uploader.add(files(['a', 'b', 'c']))
  await before.run()
  await expect.poll(() => keptNames(recovery)).toHaveLength(3)
  before.uploader.cancel(a!)
  before.uploader.destroy()
  const after = createUploaderFixture({ recovery })
  after.uploader.pause()
  await after.uploader.restore()
  expect(after.items().map(({ name }) => name)).toEqual(['b', 'c'])
  after.uploader.destroy()
})

test('a view that shows while another fades out sends nothing again that the other one finished meanwhile', async () => {
  const recovery = newName()
  const old = createUploaderFixture({ recovery })
  const [, b] = old.uploader.add(files(['a', 'b']))
  await old.run()
  await expect.poll(() => keptNames(recovery)).toHaveLength(2)
  const next = createUploaderFixture({ recovery })
  const restored = next.uploader.restore()
  await pause(100)
  // The old one is still there for its 300 ms of animation: one file is stored, one is taken out.
  old.storage.active()[0]!.succeed()
  old.uploader.remove(b!)
  await old.run()
  await pause(100)
  old.uploader.destroy()
  await restored
  await next.run()
  await pause(100)
  await next.run()
  // What the old one has sent to the end is not sent again, and what was taken out of it is gone.
  expect(next.storage.requests.map(({ form }) => form.filename)).toEqual([])
  expect(next.items().map(({ name }) => name)).not.toContain('b')
  next.uploader.destroy()
})

/** Apart from the test, whose own variables would hold the file. */
async function keptByOneThatGoes(recovery: string): Promise<WeakRef<Blob>> {
  const uploader = createUploader({ policy: '', recovery, autoUpload: false })
  const file = new File(['some bytes'], 'a')
  uploader.add([file])
  await expect.poll(() => keptNames(recovery)).toEqual(['a'])
  uploader.destroy()
  return new WeakRef(file)
}

test('a file that was kept leaves the memory with its uploader', async () => {
  const file = await keptByOneThatGoes(newName())
  const gone = async (): Promise<void> => {
    await cdp().send('HeapProfiler.collectGarbage')
    // Not the file itself: the error, which is kept until the next look, would hold it.
    expect(file.deref() === undefined).toBe(true)
  }
  await vi.waitFor(gone, { timeout: 10_000 })
})
