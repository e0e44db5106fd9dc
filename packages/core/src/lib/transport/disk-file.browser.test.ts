import { afterEach, expect, inject, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { createPostForm, type PostForm } from '../form/post-form.ts'
import { md5Base64 } from '../hashing/md5-base64.ts'
import { releaseHashWorker, workerHasher } from '../hashing/worker-hasher.ts'
import { createXhrTransport } from './xhr-transport.ts'

const xhrTransport = createXhrTransport()

const never = new AbortController().signal
let lastId = 0

afterEach(() => releaseHashWorker())

function prepare(file: File, query = ''): { form: PostForm; seen: (until?: string) => Promise<{ parts: { size: number }[]; posts: number }> } {
  const id = `${Date.now()}-disk-${++lastId}`
  return {
    form: createPostForm({ action: `${inject('echoUrl')}/?id=${id}${query}`, fields: [['key', 'a']], file, filename: file.name }),
    seen: async (until = 'now') => (await fetch(`${inject('echoUrl')}/seen?id=${id}&until=${until}`)).json(),
  }
}

const disk = async (query: string): Promise<string> => (await fetch(`${inject('echoUrl')}/disk?${query}`)).text()

/** A file of the disk, chosen as a person does it: unlike a Blob of this page it can change behind the browser's back. */
async function choose(name: string, bytes: number, within: Document = document): Promise<File> {
  const path = await disk(`name=${name}&bytes=${bytes}`)
  const input = within.createElement('input')
  input.type = 'file'
  input.id = 'disk-file'
  within.body.append(input)
  const chosen = new Promise((resolve) => input.addEventListener('change', resolve, { once: true }))
  const expression = `(function find(view) { return view.document.querySelector('#disk-file') ?? Array.from(view, find).find(Boolean) })(window)`
  const { result } = await cdp().send('Runtime.evaluate', { expression })
  await cdp().send('DOM.setFileInputFiles', { files: [path], objectId: result.objectId ?? '' })
  await chosen
  const file = input.files?.[0]
  input.remove()
  if (file === undefined) throw new Error('No file was chosen.')
  return file
}

test('a file of the disk is sent whole, with progress in its own bytes', async () => {
  const file = await choose('whole.bin', 100_000_000)
  const told: number[] = []
  const { form, seen } = prepare(file)
  await xhrTransport(form, { signal: never, onProgress: (sent) => told.push(sent ?? -1) })
  expect((await seen()).parts.at(-1)?.size).toBe(100_000_000)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(99_999_999)
  expect(told.length).toBeGreaterThan(1)
})

test('an empty file of the disk is sent', async () => {
  const { form, seen } = prepare(await choose('empty.bin', 0))
  expect((await xhrTransport(form, { signal: never, onProgress: () => {} })).status).toBe(204)
  expect((await seen()).parts.at(-1)?.size).toBe(0)
})

test('a file that went away after it was chosen is named, and nothing is stored for it', async () => {
  const file = await choose('gone.bin', 1000)
  await disk('name=gone.bin')
  const { form, seen } = prepare(file)
  await expect(xhrTransport(form, { signal: never, onProgress: () => {} })).rejects.toMatchObject({
    code: 'file-unreadable',
    details: { name: 'gone.bin' },
  })
  expect((await seen()).parts).toEqual([])
  await expect(workerHasher(file, { signal: never })).rejects.toMatchObject({ code: 'file-unreadable' })
})

test('a file that went away is named though it was chosen in another window, as of a widget that React shows there', async () => {
  const other = document.body.appendChild(document.createElement('iframe'))
  const file = await choose('elsewhere.bin', 1000, other.contentDocument ?? document)
  await disk('name=elsewhere.bin')
  await expect(xhrTransport(prepare(file).form, { signal: never, onProgress: () => {} })).rejects.toMatchObject({ code: 'file-unreadable' })
  await expect(workerHasher(file, { signal: never })).rejects.toMatchObject({ code: 'file-unreadable', details: { name: 'elsewhere.bin' } })
  other.remove()
})

test.each([
  ['went away', ''],
  ['was written over', '&bytes=60000000'],
])('a file that %s while it is being sent is never stored as something else', async (what, change) => {
  const name = `${what.replaceAll(' ', '-')}.bin`
  const file = await choose(name, 60_000_000)
  const { form, seen } = prepare(file)
  const changes: Promise<string>[] = []
  const onProgress = (): void => {
    if (changes.length === 0) changes.push(disk(`name=${name}${change}`))
  }
  const sending = xhrTransport(form, { signal: never, onProgress })
  const outcome: unknown = await sending.catch((error: unknown) => error)
  expect(await Promise.all(changes)).toHaveLength(1)
  if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'file-unreadable' })
  else expect((await seen()).parts.at(-1)?.size).toBe(60_000_000)
})

test('a file of several chunks that was changed since it was chosen is unreadable, not beyond hashing', async () => {
  const changes = { away: '', short: '&bytes=3000000', empty: '&bytes=0', other: '&bytes=5000000', grown: '&bytes=9000000' }
  const chosen = new Map<string, File>()
  for (const how of Object.keys(changes)) chosen.set(how, await choose(`chunks-${how}.bin`, 5_000_000))
  // Browsers see a change by its time, in seconds.
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  for (const [how, change] of Object.entries(changes)) await disk(`name=chunks-${how}.bin${change}`)
  for (const file of chosen.values()) {
    await expect(workerHasher(file, { signal: never }), file.name).rejects.toMatchObject({ code: 'file-unreadable' })
    await expect(md5Base64(file, { signal: never }), file.name).rejects.toMatchObject({ code: 'file-unreadable' })
  }
})
