import { createStore, keys } from 'idb-keyval'
import { afterEach, expect, inject, test, vi } from 'vitest'
import { createUploader } from './create-uploader.ts'
import { createPostForm } from './form/post-form.ts'
import { createDisk } from './testing/recovery-disk.ts'
import { createUploaderFixture } from './testing/uploader-fixture.ts'
import { createScriptedTransport } from './testing/scripted-transport.ts'
import { storedReply } from './testing/stored-reply.ts'
import { createBrowserTransport } from './transport/choose-transport.ts'
import type { Transport } from './transport/transport.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploaderOptions } from './uploader.ts'

afterEach(() => vi.restoreAllMocks())

function uploaderTo(trouble = '', options: Partial<UploaderOptions> = {}) {
  return createUploader({ policy: `${inject('policyUrl')}${trouble && `?trouble=${trouble}`}`, ...options })
}

function picture(name: string, size: number): File {
  return new File([Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251)], name, { type: 'image/jpeg' })
}

test('a file goes from the page into storage, and its bytes are proved', async () => {
  const uploader = uploaderTo()
  const seen: string[] = []
  let percent = 0
  uploader.onEvent((event) => {
    seen.push(event.type)
    if (event.type !== 'upload-progressed' || event.item.status !== 'uploading' || event.item.progress.kind !== 'bytes') return
    expect(event.item.progress.sent).toBeGreaterThanOrEqual(percent)
    expect(event.item.progress.sent).toBeLessThan(event.item.size)
    percent = event.item.progress.sent
  })
  const result = await uploader.uploadAsync(picture('harbour.jpg', 4_000_000))
  expect(result).toMatchObject({ bucket: 'examplebucket-1250000000', via: 'xhr', integrity: 'verified', diagnostics: [] })
  expect(result.etag).toMatch(/^"[\da-f]{32}"$/)
  await Promise.resolve()
  expect(seen).toEqual(expect.arrayContaining(['files-added', 'upload-started', 'upload-succeeded']))
  uploader.destroy()
})

test('200 files at once: every one stored and proved under a key of its own, with few sign requests', async () => {
  let asked = 0
  const uploader = uploaderTo('', {
    concurrency: 6,
    async policy(request, { signal }) {
      asked += 1
      const reply = await fetch(inject('policyUrl'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal,
      })
      return reply.json()
    },
  })
  const items = await uploader.upload(Array.from({ length: 200 }, (_, index) => picture(`${index}.jpg`, 1_000 + index)))
  const keys = items.map((item: UploadItem) => (item.status === 'success' && item.result.integrity === 'verified' ? item.result.key : item.status))
  expect(new Set(keys).size).toBe(200)
  expect(keys.every((key) => key.includes('/'))).toBe(true)
  expect(asked).toBeLessThanOrEqual(5)
  uploader.destroy()
})

test('a canceled upload ends while it is being sent', async () => {
  const uploader = uploaderTo()
  const [id = ''] = uploader.add([picture('large.jpg', 60_000_000)])
  const told: string[] = []
  const moving = new Promise<void>((resolve) => {
    uploader.onEvent(({ type }) => {
      told.push(type)
      if (type === 'upload-progressed') resolve()
    })
  })
  await moving
  uploader.cancel(id)
  expect(uploader.getItem(id)?.status).toBe('canceled')
  await new Promise((resolve) => requestAnimationFrame(resolve))
  expect(told.at(-1)).toBe('queue-settled')
  expect(told).not.toContain('upload-succeeded')
  uploader.destroy()
})

test('a canceled upload closes its connection', async () => {
  const id = `canceled-${Date.now()}`
  const post = { url: `${inject('echoUrl')}/?id=${id}&stop=1`, fields: null, expiresAt: '2026-01-01T01:00:00Z' }
  const policy = () => Promise.resolve({ serverTime: '2026-01-01T00:00:00Z', posts: [post] })
  const uploader = createUploader({ policy, integrity: 'off' })
  const moving = new Promise<void>((resolve) => uploader.onEvent(({ type }) => type === 'upload-progressed' && resolve()))
  uploader.add([picture('large.jpg', 60_000_000)])
  await moving
  uploader.cancel()
  const seen = await fetch(`${inject('echoUrl')}/seen?id=${id}&until=closed`)
  const { received, ...rest } = await seen.json()
  expect(rest).toMatchObject({ posts: 1, closed: true })
  expect(received).toBeLessThan(60_000_000)
  uploader.destroy()
})

test.each([
  ['policy-down', { code: 'policy-unreachable' }],
  ['policy-field-missing', { code: 'form-invalid', details: { field: 'q-signature' } }],
  ['policy-tampered', { code: 'service', details: { problem: 'signature' } }],
  ['signature-wrong', { code: 'service', details: { problem: 'signature' } }],
  ['policy-expired', { code: 'policy-expired' }],
  ['form-field-missing', { code: 'policy-mismatch', details: { field: 'acl' } }],
  ['file-too-large', { code: 'policy-mismatch', details: { field: 'content-length-range' } }],
  ['bucket-no-cors', { code: 'network', details: { probe: 'cors' } }],
])('%s is told as what it is', async (trouble, expected) => {
  const uploader = uploaderTo(trouble, { retry: { attempts: 2, baseDelay: 1 } })
  const [item] = await uploader.upload([picture('a.jpg', 300_000)])
  expect(item).toMatchObject({ status: 'error', error: expected })
  uploader.destroy()
})

test('a transport with other settings than the default one tells just as much of a request without a reply', async () => {
  const uploader = uploaderTo('bucket-no-cors', { retry: false, transport: createBrowserTransport({ replyTimeout: 60_000 }) })
  const [item] = await uploader.upload([picture('a.jpg', 300_000)])
  expect(item).toMatchObject({ status: 'error', error: { code: 'network', details: { probe: 'cors' } } })
  uploader.destroy()
})

test('a landing page that turned out not to allow "Origin: null" is named', async () => {
  const fields = { key: 'a', success_action_redirect: `${inject('landingUrl')}/plain` }
  const post = { url: `${inject('echoUrl')}/?id=landing-${Date.now()}&redirect=1`, fields, expiresAt: '2026-01-01T01:00:00Z' }
  const policy = () => Promise.resolve({ serverTime: '2026-01-01T00:00:00Z', posts: [post] })
  const uploader = createUploader({ policy, retry: false, transport: createBrowserTransport({ landingAllowsCors: true }) })
  const [item] = await uploader.upload([picture('a.jpg', 1_000)])
  expect(item).toMatchObject({ status: 'error', error: { code: 'outcome-unknown', details: { probe: 'landing-cors' } } })
  uploader.destroy()
})

test("a transport that leads the browser's requests elsewhere is not asked about where they were meant to go", async () => {
  const asked = vi.spyOn(globalThis, 'fetch')
  const xhr = createBrowserTransport()
  const transport: Transport = (form, sending) => xhr(createPostForm({ ...form, action: `${inject('echoUrl')}/?cors=off` }), sending)
  const uploader = uploaderTo('', { retry: false, transport })
  const [item] = await uploader.upload([picture('a.jpg', 1_000)])
  expect(item).toMatchObject({ status: 'error', error: { code: 'network', details: { probe: null } } })
  // The policy endpoint alone.
  expect(asked).toHaveBeenCalledTimes(1)
  uploader.destroy()
})

test('a bucket that exposes no ETag stores the file and says which setting hides it', async () => {
  const uploader = uploaderTo('bucket-no-etag')
  const result = await uploader.uploadAsync(picture('a.jpg', 1_000))
  expect(result).toMatchObject({ etag: null, integrity: 'unavailable', requestId: expect.any(String) })
  expect(result.diagnostics.map(({ header }) => header)).toContain('ETag')
  uploader.destroy()
})

test('no worker is left when the uploader is destroyed after a reply that was faster than the hash and had none to compare with', async () => {
  const ended = vi.spyOn(Worker.prototype, 'terminate')
  const { transport } = createScriptedTransport((request) => request.succeed())
  const uploader = uploaderTo('', { transport })
  await uploader.upload([new Blob(Array.from({ length: 256 }, () => new Uint8Array(1_000_000)))])
  uploader.destroy()
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1), { timeout: 300 })
})

/** So many items can be found again. */
async function kept(recovery: string, count: number): Promise<void> {
  const items = createStore(`cosdrop-${recovery}`, 'items')
  await vi.waitFor(async () => expect(await keys(items)).toHaveLength(count))
}

test('a list that is cleared after its uploader was destroyed takes nothing from whoever restored it meanwhile', async () => {
  const recovery = `cleared-${Date.now()}`
  const options = { policy: '/nowhere', autoUpload: false, recovery }
  const first = createUploader(options)
  first.add([new File(['bytes'], 'a.txt')])
  await kept(recovery, 1)
  first.destroy()

  const second = createUploader(options)
  expect(await second.restore()).toHaveLength(1)
  first.clear('all')
  // What nobody is to do shows nowhere when it is over.
  await new Promise((resolve) => setTimeout(resolve, 200))
  second.destroy()

  const third = createUploader(options)
  expect(await third.restore()).toHaveLength(1)
  third.clear('all')
  await kept(recovery, 0)
  third.destroy()
})

test('what is restored is not copied again: there may be room for one copy alone', async () => {
  const recovery = `copied-${Date.now()}`
  const uploader = () => createUploader({ policy: 'http://127.0.0.1:1/', transport: createScriptedTransport().transport, recovery })
  const before = uploader()
  before.pause()
  before.add([new File(['large'], 'large.bin'), new File(['other'], 'other.bin')])
  await kept(recovery, 2)
  before.destroy()

  // As a browser whose quota is used up answers to every file.
  const put = Reflect.get(IDBObjectStore.prototype, 'put')
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: { item?: { file: Blob | null } }, key) {
    if (value.item?.file) throw new DOMException('full', 'QuotaExceededError')
    return Reflect.apply(put, this, [value, key])
  })
  const told: unknown[] = []
  const ids: string[][] = []
  for (let reload = 0; reload < 2; reload++) {
    const after = uploader()
    after.pause()
    after.onEvent((event) => event.type === 'recovery-failed' && told.push(event.error))
    await after.restore()
    ids.push([...after.getSnapshot().items].map(({ name }) => name))
    await new Promise((resolve) => setTimeout(resolve, 200))
    after.destroy()
  }
  expect(ids).toEqual([
    ['large.bin', 'other.bin'],
    ['large.bin', 'other.bin'],
  ])
  expect(told).toEqual([])
})

/** An uploader whose file waits for the network. */
async function waitingOffline() {
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  const { transport } = createScriptedTransport((request) => request.succeed())
  const uploader = uploaderTo('', { transport })
  uploader.add([picture('a.jpg', 10)])
  await vi.waitFor(() => expect(uploader.getSnapshot().offline).toBe(true))
  return { uploader, onLine }
}

test('a page that WebKit brings back from its cache finds the network that came back meanwhile', async () => {
  const { uploader, onLine } = await waitingOffline()
  // WebKit tells `online` to the pages that are shown alone.
  onLine.mockReturnValue(true)
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await vi.waitFor(() => expect(uploader.getSnapshot().totals.succeeded).toBe(1))
  uploader.destroy()
})

test('who adds a file while the network is there is not told that it is gone', async () => {
  const { uploader, onLine } = await waitingOffline()
  onLine.mockReturnValue(true)
  uploader.add([picture('b.jpg', 10)])
  await vi.waitFor(() => expect(uploader.getSnapshot().totals.succeeded).toBe(2))
  uploader.destroy()
})

test('no worker is left when the uploader is destroyed after all that it did was to ask about a restored file', async () => {
  const disk = createDisk()
  const file = new File(['bytes'], 'a.txt')
  const kept = { id: 'k', file, name: 'a.txt', size: 5, type: '', relativePath: null, priority: 0, order: 0, prepared: false, result: null }
  await disk.save([kept])
  await disk.note(new Map([['k', { action: 'https://b.example/', key: 'a.txt', receipt: null, result: null, problem: null }]]))
  const ended = vi.spyOn(Worker.prototype, 'terminate')
  const confirm = () => Promise.resolve(storedReply({ bucket: null, key: 'a.txt', size: 5, etag: null }))
  const uploader = uploaderTo('', { recovery: disk, confirm, transport: createScriptedTransport().transport })
  await uploader.restore()
  await vi.waitFor(() => expect(uploader.getItem('k')?.status).toBe('success'))
  uploader.destroy()
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1), { timeout: 300 })
})

test('a file of another window, as a zone in an iframe or a pop-up takes it, may be left as it is by prepare, or renamed there', async () => {
  const frame = document.body.appendChild(document.createElement('iframe'))
  const OtherFile: typeof File = Reflect.get(frame.contentWindow!, 'File')
  const { uploader, clock, storage, items } = createUploaderFixture({
    prepare: (file, { name }) => (name === 'a.pdf' ? file : new OtherFile([file], 'b.webp')),
  })
  uploader.add(['a.pdf', 'b.png'].map((name) => new OtherFile(['0123456789'], name, { type: 'application/pdf' })))
  await vi.waitFor(async () => {
    await clock.advance(1)
    expect(storage.requests).toHaveLength(2)
  })
  expect(items()).toMatchObject([
    { name: 'a.pdf', size: 10, type: 'application/pdf', status: 'uploading' },
    { name: 'b.webp', size: 10 },
  ])
  expect(await storage.last().form.file.text()).toBe('0123456789')
  frame.remove()
})
