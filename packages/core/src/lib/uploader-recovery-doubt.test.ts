import { expect, test, vi } from 'vitest'
import type { ConfirmPort, ConfirmRequest } from './confirm/confirm-port.ts'
import type { PolicySource } from './policy/policy-source.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createDisk, type Disk } from './testing/recovery-disk.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import { storedReply } from './testing/stored-reply.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { networkError } from './transport/explain-failure.ts'
import { CosUploadError } from './upload-error.ts'

/** The page after a reload, with what the one before left behind. */
async function nextPage(options: Parameters<typeof createUploaderFixture>[0]) {
  const page = createUploaderFixture(options)
  await page.uploader.restore()
  await page.run()
  return page
}

test('an upload that ended in doubt is not sent again blindly after a reload', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().progress(10, 'waiting')
  before.storage.last().fail('outcome-unknown')
  await before.run()
  expect(before.items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])
  before.uploader.destroy()
  await before.run()

  const after = await nextPage({ recovery: disk })
  expect(after.storage.requests).toHaveLength(0)
  expect(after.items()).toMatchObject([{ name: 'a', status: 'error', error: { code: 'outcome-unknown' } }])
  // A person decides.
  after.uploader.retry()
  await after.run()
  expect(after.storage.requests).toHaveLength(1)
})

test.each([
  ['destroys as it hears of it', 'destroys'],
  ['turns recovery on after it', 'late'],
] as const)('an upload that ended in doubt is not sent again blindly after a reload, where the app %s', async (_name, how) => {
  const disk = createDisk()
  const before = createUploaderFixture(how === 'late' ? {} : { recovery: disk })
  const { uploader, storage, run } = before
  if (how === 'destroys') uploader.onEvent(({ type }) => type === 'upload-failed' && uploader.destroy())
  uploader.add(files(['a']))
  await run()
  storage.last().progress(10, 'waiting')
  storage.last().fail('outcome-unknown')
  await run()
  expect(before.items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])
  if (how === 'late') {
    uploader.setOptions({ policy: before.policy.source, transport: storage.transport, clock: before.clock, recovery: disk })
    uploader.add(files(['b']))
    await run()
  }

  const after = await nextPage({ recovery: disk })
  expect(after.items()[0]).toMatchObject({ name: 'a', status: 'error', error: { code: 'outcome-unknown' } })
})

test('an upload whose app destroys as it hears that it has started is asked about before it is sent again', async () => {
  const disk = createDisk()
  const asked: ConfirmRequest[] = []
  const confirm: ConfirmPort = async (request) => (asked.push(request), { outcome: 'absent' })
  const before = createUploaderFixture({ recovery: disk, confirm })
  before.uploader.onEvent(({ type }) => type === 'upload-started' && before.uploader.destroy())
  before.uploader.add(files(['a']))
  await before.run()
  expect(before.storage.requests).toHaveLength(1)

  const after = createUploaderFixture({ recovery: disk, confirm })
  await after.uploader.restore()
  await after.clock.advance(10_000)
  expect(after.storage.requests).toHaveLength(1)
  expect(asked.length).toBeGreaterThan(0)
  // What of the first one is still on its way is then no second object, of which nobody knows.
  const { key } = before.storage.last()
  expect(after.policy.requests).toMatchObject([{ files: [{ key, receipt: `receipt:${key}` }] }])
  expect(after.storage.last().key).toBe(key)
})

test('an upload in doubt that waits for a person still does so after a second reload', async () => {
  const disk = createDisk()
  const confirm = () => Promise.reject(new Error('down'))
  const before = createUploaderFixture({ recovery: disk, confirm })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().fail('outcome-unknown')
  await before.run()
  expect(before.statuses()).toEqual(['error'])

  for (let reloads = 0; reloads < 2; reloads += 1) {
    let asked = 0
    const absent = async () => ((asked += 1), { outcome: 'absent' } as const)
    const after = createUploaderFixture({ recovery: disk, confirm: absent })
    await after.uploader.restore()
    await after.clock.advance(10_000)
    expect([after.statuses(), asked, after.storage.requests.length]).toEqual([['error'], 0, 0])
  }
})

test('what storage has taken and the app’s server could not confirm is no success after a reload either', async () => {
  const disk = createDisk()
  const confirm = () => Promise.reject(new Error('down'))
  const before = createUploaderFixture({ recovery: disk, confirm, confirmWhen: 'always' })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().succeed({ ETag: '"e"' })
  await before.clock.advance(100_000)
  expect(before.items()).toMatchObject([{ status: 'error', error: { code: 'confirm-failed' } }])

  const after = createUploaderFixture({ recovery: disk, confirm, confirmWhen: 'always' })
  await after.uploader.restore()
  await after.run()
  expect(after.statuses()).toEqual(['error'])
})

test.each([
  ['all of it was sent', 10, 'waiting', 'reloaded'],
  ['nobody can tell how much was, as when the page goes where storage redirects it', null, 'sending', 'reloaded'],
  ['all of it was sent', 10, 'waiting', 'taken out'],
] as const)(
  'without a server to ask a file of which %s is not sent again blindly when its page was left (%s %s %s)',
  async (_what, sent, phase, how) => {
    const disk = createDisk()
    const before = createUploaderFixture({ recovery: disk })
    before.uploader.add(files(['a', 'b']))
    await before.run()
    before.storage.requests[0]?.progress(sent, phase)
    before.storage.requests[1]?.progress(5)
    await before.clock.advance(100)
    if (how === 'taken out') before.uploader.destroy()
    await before.run()

    const after = await nextPage({ recovery: disk })
    expect(after.items()).toMatchObject([
      { name: 'a', status: 'error', error: { code: 'outcome-unknown', details: { key: 'uploads/1/a' } } },
      // Surely not stored.
      { name: 'b', status: 'uploading' },
    ])
    // A person decides.
    after.uploader.retry()
    await after.run()
    expect(after.statuses()).toEqual(['uploading', 'uploading'])
  },
)

test.each([
  ['all of it was sent', 10, 'waiting'],
  ['nobody can tell how much was', null, 'sending'],
] as const)(
  'without a server to ask a file of which %s is not sent again blindly when its page goes before the next frame: one that nobody looks at waits a second for that',
  async (_what, sent, phase) => {
    const disk = createDisk()
    const before = createUploaderFixture({ recovery: disk })
    before.uploader.add(files(['a']))
    await before.run()
    before.storage.last().progress(sent, phase)
    await before.run()

    const after = await nextPage({ recovery: disk })
    expect(after.items()).toMatchObject([{ name: 'a', status: 'error', error: { code: 'outcome-unknown', details: { key: 'uploads/1/a' } } }])
    expect(after.storage.requests).toHaveLength(0)
  },
)

test('without a server to ask a file in doubt that was sent again under another key is looked for under that one after a reload', async () => {
  const disk = createDisk()
  // An endpoint that knows no receipts gives each policy a key of its own.
  const policy: PolicySource = (request, options) =>
    before.policy.source({ ...request, files: request.files.map((file) => ({ ...file, receipt: undefined })) }, options)
  const before = createUploaderFixture({ recovery: disk, policy })
  before.uploader.add(files(['a']))
  await before.run()
  const first = before.storage.last().key
  before.storage.last().progress(10, 'waiting')
  before.storage.last().fail('outcome-unknown')
  await before.run()
  // The policy's life is over by then.
  await before.clock.advance(86_400_000)
  before.uploader.retry()
  await before.run()
  const { key } = before.storage.last()
  expect(key).not.toBe(first)
  before.storage.last().progress(10, 'waiting')
  await before.run()

  const after = await nextPage({ recovery: disk })
  expect(after.items()).toMatchObject([
    { status: 'error', error: { code: 'outcome-unknown', message: expect.stringContaining(key), details: { key } } },
  ])
})

test('without a server to ask a file that storage has refused after all of it was sent is queued after a reload', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().progress(10, 'waiting')
  await before.clock.advance(100)
  before.storage.last().refuse(503, 'Slow down', 'SlowDown')
  await before.run()
  expect(before.statuses()).toEqual(['retrying'])

  const after = await nextPage({ recovery: disk })
  expect(after.statuses()).toEqual(['uploading'])
})

test('without a server to ask a file whose page went before the browser could tell that it was out is sent again under its key', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().progress(5)
  await before.clock.advance(100)
  const { key } = before.storage.last()
  // All is out, and the page goes without a word.

  for (const page of ['next', 'after that']) {
    const after = createUploaderFixture({ recovery: disk })
    // Whose keys would be others.
    after.uploader.add(files([`of the page ${page}`]))
    await after.uploader.restore()
    await after.run()
    const again = after.storage.requests.find(({ form }) => form.filename === 'a')
    expect(again?.key).toBe(key)
    expect(after.told()).not.toContain('outcome-doubted')
  }
})

test('without a server to ask nothing is written of a file that surely was not stored, and one note of one that may be', async () => {
  const disk = createDisk()
  const { uploader, storage, clock, run } = createUploaderFixture({ recovery: disk })
  uploader.add(files(['a']))
  await run()
  const note = vi.spyOn(disk, 'note')
  storage.last().progress(5)
  storage.last().fail('network')
  await clock.advance(60_000)
  expect([storage.requests.length, note.mock.calls]).toEqual([2, []])
  storage.last().progress(null)
  await clock.advance(100)
  storage.last().progress(10, 'waiting')
  await clock.advance(100)
  expect(note).toHaveBeenCalledTimes(1)
})

test('without a server to ask a file whose connection broke in silence is sent again also after a reload', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk, retry: false })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().progress(5)
  before.storage.last().reject(networkError(before.storage.last().form, undefined, null, true))
  await before.run()
  expect(before.items()).toMatchObject([{ status: 'error', error: { code: 'network', details: { sentUnknown: true } } }])

  const after = await nextPage({ recovery: disk })
  expect(after.statuses()).toEqual(['uploading'])
})

/** A page with a server that finds everything, and what it was asked. */
function withServer(disk: Disk) {
  const asked: ConfirmRequest[] = []
  const confirm = async (request: ConfirmRequest) => {
    asked.push(request)
    const { key, size } = request
    return storedReply({ bucket: null, key, size, etag: null })
  }
  return { ...createUploaderFixture({ recovery: disk, confirm }), asked }
}

test('a file of which all went out just before its page let go of it is not sent again by the next one, where nobody can be asked', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk })
  before.uploader.add(files(['a']))
  await before.run()
  // Shown with the next frame, which does not come any more.
  before.storage.last().progress(10, 'waiting')
  before.uploader.destroy()
  await before.run()

  const after = await nextPage({ recovery: disk })
  expect(after.storage.requests).toHaveLength(0)
  expect(after.items()).toMatchObject([{ name: 'a', status: 'error', error: { code: 'outcome-unknown' } }])
})

test('a file that was on its way is not sent again blindly by a page that has no server to ask any more', async () => {
  const disk = createDisk()
  const before = withServer(disk)
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().progress(10, 'waiting')
  await before.clock.advance(100)

  const after = await nextPage({ recovery: disk })
  expect(after.storage.requests).toHaveLength(0)
  expect(after.items()).toMatchObject([{ name: 'a', status: 'error', error: { code: 'outcome-unknown' } }])
  // A person decides.
  after.uploader.retry()
  await after.run()
  expect(after.storage.requests).toHaveLength(1)
})

test('a file that was on its way when the app got a server to ask is asked about after a reload', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk })
  const { uploader, policy, storage, clock } = before
  uploader.add(files(['a']))
  await before.run()
  uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, recovery: disk, confirm: async () => ({ outcome: 'absent' }) })
  storage.last().progress(10, 'waiting')
  await clock.advance(100)

  const after = withServer(disk)
  await after.uploader.restore()
  await after.run()
  expect({ asked: after.asked.length, sent: after.storage.requests.length }).toEqual({ asked: 1, sent: 0 })
})

test.each(['reloaded', 'taken out'])(
  'an upload whose reply was on the way as the page was %s is asked about before it is sent again',
  async (how) => {
    const disk = createDisk()
    const before = withServer(disk)
    before.uploader.add(files(['a']))
    await before.run()
    before.storage.last().progress(10, 'waiting')
    await before.clock.advance(100)
    if (how === 'taken out') before.uploader.destroy()
    await before.run()

    const after = withServer(disk)
    await after.uploader.restore()
    await after.run()
    expect(after.asked).toEqual([{ receipt: 'receipt:uploads/1/a', key: 'uploads/1/a', size: 10 }])
    expect(after.storage.requests).toHaveLength(0)
    expect(after.items()).toMatchObject([{ name: 'a', status: 'success', result: { key: 'uploads/1/a', via: 'confirm' } }])
  },
)

test('an upload that ended in doubt since the server could not be asked is asked about when it is wanted again after a reload', async () => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk, confirm: () => Promise.reject(new Error('down')) })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().fail('outcome-unknown')
  await before.run()
  expect(before.statuses()).toEqual(['error'])

  const after = withServer(disk)
  const [a] = await after.uploader.restore()
  await after.run()
  expect([after.statuses(), after.asked.length]).toEqual([['error'], 0])
  after.uploader.retry(a!)
  await after.run()
  expect([after.statuses(), after.asked.length, after.storage.requests.length]).toEqual([['success'], 1, 0])
})

test('a prepared file whose reply a reload cut off is asked about as the file that was sent', async () => {
  const disk = createDisk()
  let times = 0
  // As an app that encrypts with a new vector, or stamps the time: never the same twice.
  const prepare = async (file: Blob): Promise<Blob> => new Blob([await file.arrayBuffer(), '#'.repeat((times += 1))])
  const asked: ConfirmRequest[] = []
  // It has what was sent: 11 bytes.
  const confirm = async (request: ConfirmRequest) => {
    asked.push(request)
    const { key } = request
    return storedReply({ bucket: null, key, size: 11, etag: null })
  }
  const before = createUploaderFixture({ recovery: disk, prepare, confirm })
  // The parts that are loaded on demand come with the first file.
  const first = before.uploader.add(files(['first']))
  await before.run()
  before.storage.last().succeed()
  await before.run()
  before.uploader.remove(first[0]!)
  times = 0
  before.uploader.add(files(['a']))
  await before.run()
  expect(before.storage.last().form.file.size).toBe(11)
  before.storage.last().progress(11, 'waiting')
  await before.run()

  const after = await nextPage({ recovery: disk, prepare, confirm })
  expect(asked.map(({ size }) => size)).toEqual([11])
  expect(after.items()).toMatchObject([{ status: 'success', result: { key: 'uploads/2/a' } }])
})

test('who retries a file after a reload, of which the server has found another in its place, has it sent as without a reload', async () => {
  const disk = createDisk()
  const asked: ConfirmRequest[] = []
  // As @cosdrop/server: without the receipt it does not answer.
  const confirm = async (request: ConfirmRequest) => {
    asked.push(request)
    if (request.receipt === null) throw new Error('400: no receipt')
    const { key } = request
    return storedReply({ bucket: null, key, size: 99, etag: null })
  }
  const before = createUploaderFixture({ recovery: disk, confirm })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().fail('outcome-unknown')
  await before.run()
  expect(before.items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])

  const after = await nextPage({ recovery: disk, confirm })
  expect(after.statuses()).toEqual(['error'])
  for (let presses = 0; presses < 3 && after.storage.requests.length === 0; presses += 1) {
    after.uploader.retry()
    await after.clock.advance(5_000)
  }
  expect({ asked: asked.map(({ receipt }) => receipt), sent: after.storage.requests.length }).toEqual({ asked: ['receipt:uploads/1/a'], sent: 1 })
})

test.each([null, '42'])('an object that was found to be damaged does not become a success by a reload (CRC-64 of the server: %s)', async (crc64) => {
  const recovery = createDisk()
  const confirm: ConfirmPort = async ({ key, size }) => storedReply({ key, size, crc64 })
  const options = { recovery, confirm, integrity: 'verify', hasher: async () => ({ crc64: '43' }) } as const
  const before = createUploaderFixture(options)
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().succeed({ ETag: '"e"', 'x-cos-hash-crc64ecma': '42' })
  await before.run()
  expect(before.items()).toMatchObject([{ status: 'error', error: { code: 'integrity-mismatch' } }])

  const after = await nextPage(options)
  // As what failed otherwise, and as without a confirm port: sent again.
  expect(after.items()).toMatchObject([{ name: 'a', status: 'uploading' }])
})

test.each([
  [403, 'AccessDenied', 'error'],
  [503, 'SlowDown', 'retrying'],
] as const)(
  'a file that storage has refused (%s) is sent again after a reload, whatever was there before under its key',
  async (status, code, then) => {
    const recovery = createDisk()
    let asked = 0
    // The file that this one is to replace.
    const confirm: ConfirmPort = async ({ key }) => {
      asked += 1
      return storedReply({ key })
    }
    const before = createUploaderFixture({ recovery, confirm })
    before.uploader.add(files(['a']))
    await before.run()
    before.storage.last().refuse(status, code)
    await before.run()
    expect(before.statuses()).toEqual([then])
    const { key } = before.storage.last()
    // Two reloads, between which there was no network.
    const between = createUploaderFixture({ recovery, confirm })
    between.network.goOffline()
    await between.uploader.restore()
    await between.run()

    const after = createUploaderFixture({ recovery, confirm })
    // Whose keys would be others. What an earlier attempt sent may still come under the old one.
    after.uploader.add(files(['b']))
    await after.uploader.restore()
    await after.run()
    expect({ statuses: after.statuses(), asked }).toEqual({ statuses: ['uploading', 'uploading'], asked: 0 })
    expect(after.storage.last()).toMatchObject({ key, form: { filename: 'a' } })
  },
)

test.each<[string, (fixture: ReturnType<typeof createUploaderFixture>) => void]>([
  [
    'whose answer was none of storage, as the network went',
    ({ storage, network }) => {
      network.goOffline()
      storage.last().reply({ status: 200, body: '<html>Offline', headers: { 'content-type': 'text/html' } })
    },
  ],
  [
    'that broke in silence as the network went',
    ({ storage, network }) => {
      network.goOffline()
      storage.last().reject(new CosUploadError('network', 'reset', { probe: null, url: 'https://bucket/', sentUnknown: true }))
    },
  ],
])('an upload %s is asked about after a reload before it is sent again', async (_, fail) => {
  const disk = createDisk()
  const asked: string[] = []
  const confirm: ConfirmPort = ({ key, size }) => {
    asked.push(key)
    return Promise.resolve(storedReply({ key, size }))
  }
  const before = createUploaderFixture({ recovery: disk, confirm })
  before.uploader.add(files(['a']))
  await before.run()
  fail(before)
  await before.run()
  expect(asked).toEqual([])

  const after = await nextPage({ recovery: disk, confirm })
  expect(after.items()).toMatchObject([{ name: 'a', status: 'success', result: { via: 'confirm' } }])
  expect([asked, after.storage.requests.length]).toEqual([['uploads/1/a'], 0])
})

test.each([
  ['a gateway gave storage up', { status: 502, body: '<html>Bad gateway' }],
  ['the browser landed where nothing can be read', { status: 200, url: 'https://app.example/other' }],
])('without a server to ask a file is not sent again blindly after a reload when %s', async (_, reply) => {
  const disk = createDisk()
  const landing = 'https://app.example/done'
  const signer = createUploaderFixture({}, { conditions: [{ kind: 'eq', field: 'success_action_redirect', value: landing }] }).policy
  const policy: typeof signer.source = async (request, options) => {
    const { posts, ...rest } = await signer.source(request, options)
    return { ...rest, posts: posts.map((post) => ({ ...post, fields: { ...post.fields, success_action_redirect: landing } })) }
  }
  const before = createUploaderFixture({ recovery: disk, retry: false, policy })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().progress(10, 'waiting')
  await before.clock.advance(20)
  before.storage.last().reply(reply)
  await before.run()
  expect(before.statuses()).toEqual(['error'])

  const after = await nextPage({ recovery: disk })
  expect(after.items()).toMatchObject([{ name: 'a', status: 'error', error: { code: 'outcome-unknown' } }])
  expect(after.storage.requests).toHaveLength(0)
})

// As Chromium does behind a service worker.
test.each([
  ['that a page came in its place', { status: 200, body: '<!doctype html><title>Offline</title>', headers: { 'content-type': 'text/html' } }, 'page'],
  ['that a gateway gave storage up', { status: 502, body: '<html>Bad gateway' }, '502'],
])('without a server to ask a file of which the browser told nothing but %s is not sent again blindly after a reload', async (_, reply, word) => {
  const disk = createDisk()
  const before = createUploaderFixture({ recovery: disk, retry: false })
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().reply(reply)
  await before.run()
  expect(before.told()).toContain('outcome-doubted')

  for (let reloads = 0; reloads < 2; reloads += 1) {
    const after = await nextPage({ recovery: disk })
    expect(after.items()).toMatchObject([
      { status: 'error', error: { code: 'outcome-unknown', message: expect.stringContaining(word), details: { key: 'uploads/1/a' } } },
    ])
    expect(after.storage.requests).toHaveLength(0)
  }
})

test('what storage accepted and the server did not find is a person’s to decide after a reload, too', async () => {
  const disk = createDisk()
  const options = { recovery: disk, confirm: () => Promise.resolve({ outcome: 'absent' } as const), confirmWhen: 'always' } as const
  const before = createUploaderFixture(options)
  before.uploader.add(files(['a']))
  await before.run()
  before.storage.last().succeed()
  await before.clock.advance(5_000)
  expect(before.items()).toMatchObject([{ status: 'error', error: { code: 'confirm-failed' } }])

  const after = await nextPage(options)
  expect(after.items()).toMatchObject([{ name: 'a', status: 'error' }])
  expect(after.storage.requests).toHaveLength(0)
})

test('a file that is wanted again while what was kept of it is being removed is asked about after a reload', async () => {
  const disk = createDisk()
  let go = (): void => {}
  const gate = new Promise<void>((resolve) => (go = resolve))
  const asked: string[] = []
  const slow: Disk = { ...disk, remove: (ids) => gate.then(() => disk.remove(ids)) }
  const options: Parameters<typeof createUploaderFixture>[0] = {
    recovery: slow,
    confirm: ({ key }) => {
      asked.push(key)
      return new Promise(() => {})
    },
  }
  const before = createUploaderFixture(options)
  const [a] = before.uploader.add(files(['a']))
  await before.run()
  before.uploader.cancel(a)
  await before.run()
  before.uploader.retry(a)
  await before.run()
  go()
  await before.run()
  before.storage.last().progress(10, 'waiting')
  await before.run()
  // The page goes, without a word.
  const after = await nextPage(options)
  expect([asked.length > 0, after.storage.requests]).toEqual([true, []])
})

test('a file that an earlier page may still be sending is sent under its old key, also where it was signed ahead for a new one', async () => {
  const disk = createDisk()
  const confirm = async () => ({ outcome: 'absent' }) as const
  const before = createUploaderFixture({ recovery: disk, confirm, autoUpload: false })
  const [, b] = before.uploader.add(files(['a', 'b']))
  before.uploader.start(b)
  await before.run()
  const { key } = before.storage.last()
  // The page goes, without a word.

  const after = createUploaderFixture({ recovery: disk, confirm, concurrency: 1 })
  await after.uploader.restore()
  await after.run()
  expect(after.policy.requests.flatMap(({ files: signed }) => signed.map(({ name }) => name))).toEqual(['a', 'b'])
  after.storage.last().succeed({ ETag: '"e"' })
  await after.clock.advance(10_000)
  expect(after.storage.last().key).toBe(key)
})

test('a file that an earlier page may still be sending is sent under its old key, also where it is just being signed ahead for a new one', async () => {
  const disk = createDisk()
  const confirm = async () => ({ outcome: 'absent' }) as const
  const before = createUploaderFixture({ recovery: disk, confirm, autoUpload: false })
  const all = numbered(8)
  const ids = before.uploader.add(all)
  before.uploader.start(ids.at(-1))
  await before.run()
  const { key } = before.storage.last()
  // The page goes, without a word.

  const after = createUploaderFixture(
    { recovery: disk, confirm, concurrency: 2, lookAhead: 4 },
    // Longer than it takes to ask about the file.
    { answer: (request) => request.succeed(), before: () => new Promise((resolve) => void after.clock.after(3_000, resolve)) },
  )
  await after.uploader.restore()
  await after.clock.advance(60_000)
  expect(after.statuses()).toEqual(all.map(() => 'success'))
  expect(after.storage.requests.filter(({ form }) => form.filename === '7.bin').map((request) => request.key)).toEqual([key])
})

test('a file that an earlier page may still be sending is sent under its old key, also where the endpoint first answered with its login page', async () => {
  const disk = createDisk()
  const confirm: ConfirmPort = async () => ({ outcome: 'absent' })
  const before = createUploaderFixture({ recovery: disk, confirm, concurrency: 2 })
  before.uploader.add(files(['other', 'a']))
  await before.run()
  const { key } = before.storage.last()
  before.uploader.remove(before.items()[0]!.id)
  await before.run()

  const clock = createManualClock()
  const { source } = createScriptedPolicySource({ clock })
  let signedIn = false
  const policy: PolicySource = async (request, options) => {
    if (signedIn) return source(request, options)
    throw new CosUploadError('policy-malformed', 'HTML instead of JSON', { url: null, status: 200, problem: 'HTML' })
  }
  const { uploader, storage, items } = await nextPage({ recovery: disk, confirm, policy, clock })
  await clock.advance(2_000)
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-malformed' } }])
  signedIn = true
  uploader.retry()
  await clock.advance(2_000)
  expect(storage.last().key).toBe(key)
})

test('a file that this page may have stored goes under the same key again, also where its policy has to be looked at closely', async () => {
  const confirm = async () => ({ outcome: 'absent' }) as const
  const policy: PolicySource = (request, options) =>
    page.policy.source({ ...request, files: request.files.map((file) => ({ ...file, receipt: undefined })) }, options)
  const page = createUploaderFixture({ confirm, policy })
  page.uploader.add(files(['图']))
  await page.run()
  const { key } = page.storage.last()
  page.storage.last().progress(10, 'waiting')
  page.storage.last().fail('outcome-unknown')
  await page.clock.advance(10_000)
  expect(page.storage.requests).toHaveLength(2)
  expect(page.storage.last().key).toBe(key)
})

test('who sends a file again after a reload, under whose key the server has found another object, replaces nobody’s', async () => {
  const disk = createDisk()
  const confirm = async () => ({ outcome: 'different' }) as const
  const before = createUploaderFixture({ recovery: disk, confirm })
  before.uploader.add(files(['a']))
  await before.run()
  const { key } = before.storage.last()
  // The page goes, without a word.

  const after = createUploaderFixture({ recovery: disk, confirm })
  // Keys that are not the first page's.
  after.uploader.add(files(['b']))
  await after.uploader.restore()
  await after.run()
  expect(after.items()).toMatchObject([{ name: 'b' }, { name: 'a', status: 'error', error: { code: 'outcome-unknown' } }])
  after.uploader.retry()
  await after.run()
  expect(after.storage.last().form.filename).toBe('a')
  expect(after.storage.last().key).not.toBe(key)
})

test('an endpoint that gives no receipts is handed none for the old key of a file that an earlier page sent', async () => {
  const disk = createDisk()
  const confirm = async () => ({ outcome: 'absent' }) as const
  const asked: string[] = []
  const clock = createManualClock()
  const scripted = createScriptedPolicySource({ clock })
  const policy: PolicySource = async (request, options) => {
    asked.push(JSON.stringify(request.files))
    const { posts, ...rest } = await scripted.source(request, options)
    return { ...rest, posts: posts.map(({ receipt: _, ...post }) => post) }
  }
  const before = createUploaderFixture({ clock, recovery: disk, confirm, policy })
  before.uploader.add(files(['a']))
  await before.run()
  const { key } = before.storage.last()
  // The page goes, without a word.

  const after = createUploaderFixture({ clock, recovery: disk, confirm, policy })
  await after.uploader.restore()
  await clock.advance(10_000)
  expect(asked.at(-1)).toContain(`"key":"${key}"`)
  expect(asked.at(-1)).not.toContain('receipt')
})
