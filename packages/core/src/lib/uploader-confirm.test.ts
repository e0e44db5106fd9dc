import { describe, expect, test, vi } from 'vitest'
import type { ConfirmedObject, ConfirmPort, ConfirmReply, ConfirmRequest } from './confirm/confirm-port.ts'
import { createHttpConfirmPort } from './confirm/http-confirm-port.ts'
import type { Hasher } from './hashing/hasher.ts'
import type { PolicySource } from './policy/policy-source.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import type { ScriptedRequest } from './testing/scripted-transport.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'
import { CosUploadError } from './upload-error.ts'
import type { UploaderOptions } from './uploader.ts'

const object: ConfirmedObject = {
  bucket: 'examplebucket-1250000000',
  key: 'uploads/1/a',
  size: 10,
  etag: '"e"',
  crc64: '42',
  versionId: 'v7',
  encryption: { kind: 'SSE-COS', algorithm: 'AES256' },
  location: null,
}

/** A server that answers one after the other; an error is thrown. */
function withServer(answers: readonly (ConfirmReply | Error)[], options: Partial<UploaderOptions> = {}) {
  const asked: ConfirmRequest[] = []
  const left = [...answers]
  const confirm: ConfirmPort = async (request) => {
    asked.push(request)
    const answer = left.shift()
    if (answer === undefined) throw new Error('asked too often')
    if (answer instanceof Error) throw answer
    return answer
  }
  return { ...createUploaderFixture({ confirm, retry: { attempts: 3 }, ...options }), asked }
}

describe('an upload whose reply was lost', () => {
  test('is never sent again blindly: without a confirm port it says so', async () => {
    const { uploader, clock, run, storage, items, told } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await clock.advance(3_600_000)
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', details: { key: 'uploads/1/a' } } }])
    expect(storage.requests).toHaveLength(1)
    expect(told()).toEqual(expect.arrayContaining(['outcome-doubted', 'upload-failed']))
  })

  test('is asked about also where its file can no longer be read: who chose it again would have it stored twice', async () => {
    const hasher = async (): Promise<never> => {
      throw new CosUploadError('file-unreadable', 'Gone.', { name: 'a', problem: 'gone' })
    }
    const { uploader, run, storage, asked, items } = withServer([{ outcome: 'stored', object }], { integrity: 'verify', hasher })
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    expect(items()).toMatchObject([{ status: 'success', result: { key: 'uploads/1/a', integrity: 'unavailable' } }])
    expect(asked).toMatchObject([{ key: 'uploads/1/a', size: 10 }])
  })

  test('by a network that is gone is asked for when the network is back', async () => {
    const { uploader, clock, run, storage, statuses, asked, network } = withServer([{ outcome: 'stored', object }])
    uploader.add(files(['a']))
    await run()
    network.goOffline()
    storage.last().fail('outcome-unknown')
    await clock.advance(3_600_000)
    expect([statuses(), asked]).toEqual([['retrying'], []])
    network.goOnline()
    await run()
    expect(statuses()).toEqual(['success'])
    expect(storage.requests).toHaveLength(1)
  })

  test.each([502, 503, 504, 520, 524])('by a gateway that gave storage up (%d) is asked for before it is sent again', async (status) => {
    const { uploader, run, storage, statuses, asked } = withServer([{ outcome: 'stored', object }])
    uploader.add(files(['a']))
    await run()
    storage.last().progress(10, 'waiting')
    storage.last().reply({ status, body: '<html><h1>Gateway Time-out</h1></html>', headers: { 'content-type': 'text/html' } })
    await run()
    expect([asked.length, storage.requests.length, statuses()]).toEqual([1, 1, ['success']])
  })

  test('by a gateway, and that is surely not stored, still says which answer came, and what to do', async () => {
    const absent = Array.from({ length: 2 }, () => ({ outcome: 'absent' }) as const)
    const { uploader, clock, run, storage, items } = withServer(absent, { retry: false })
    uploader.add(files(['a']))
    await run()
    storage.last().reply({ status: 504, body: '<html><h1>Gateway Time-out</h1></html>', headers: { 'content-type': 'text/html' } })
    await clock.advance(2_000)
    const [item] = items()
    expect(item).toMatchObject({ status: 'error', error: { code: 'network', cause: { code: 'service', details: { status: 504 } } } })
    expect(item).toMatchObject({ error: { message: expect.stringMatching(/HTTP 504.* is sure that "uploads\/1\/a" was not stored\. .*ry again/) } })
  })

  // As a service worker of the app answers when the connection broke.
  const page = { status: 200, body: '<!doctype html><title>Offline</title>', headers: { 'content-type': 'text/html' } } as const

  test('since a page came in its place is asked for, and is no failure where it is stored', async () => {
    const { uploader, run, storage, statuses, asked, told } = withServer([{ outcome: 'stored', object }])
    uploader.add(files(['a']))
    await run()
    storage.last().reply(page)
    await run()
    expect([asked.length, storage.requests.length, statuses()]).toEqual([1, 1, ['success']])
    expect(told()).toContain('outcome-doubted')
  })

  test('since a page came in its place, and that is surely not stored, is told by that page, and signed for anew by who retries it', async () => {
    const { uploader, clock, run, storage, items, policy } = withServer([{ outcome: 'absent' }, { outcome: 'absent' }])
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().reply(page)
    await clock.advance(60_000)
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'reply-malformed', details: { problem: 'it is a web page' } } }])
    expect(storage.requests).toHaveLength(1)
    uploader.retry(a)
    await run()
    storage.last().succeed()
    await run()
    expect(policy.requests).toHaveLength(2)
    expect(storage.requests.map(({ key }) => key)).toEqual(['uploads/1/a', 'uploads/1/a'])
  })

  test.each<[string, (fixture: ReturnType<typeof createUploaderFixture>, a: string, fail: () => void) => Promise<void>]>([
    [
      'who cancels while it is asked about, and thinks better of it',
      async ({ uploader }, a) => {
        uploader.cancel(a)
        uploader.retry(a)
      },
    ],
    [
      'who retries it after nobody could be asked',
      async ({ uploader, run }, a, fail) => {
        fail()
        await run()
        uploader.retry(a)
      },
    ],
    [
      'a network that turns out to be gone only as it is asked about',
      async ({ network, run }, _, fail) => {
        network.goOffline()
        fail()
        await run()
        network.goOnline()
      },
    ],
  ])('since a page came in its place, and that is surely not stored, is sent again for %s, not told as failed once more', async (_, act) => {
    let fail = (): void => {}
    let down = true
    const confirm: ConfirmPort = () =>
      down ? new Promise((_resolve, reject) => (fail = () => reject(new Error('down')))) : Promise.resolve({ outcome: 'absent' })
    const fixture = createUploaderFixture({ confirm })
    const { uploader, clock, run, storage, statuses } = fixture
    const [a = ''] = uploader.add(files(['a']))
    await run()
    storage.last().reply(page)
    await run()
    expect(statuses()).toEqual(['confirming'])
    down = false
    await act(fixture, a, fail)
    await clock.advance(5_000)
    expect([statuses(), storage.requests.map(({ key }) => key)]).toEqual([['uploading'], ['uploads/1/a', 'uploads/1/a']])
  })

  test('as the network went, by a page that the app itself answers with, is sent again when the network is back and it is surely not stored', async () => {
    const { uploader, clock, run, storage, statuses, network } = withServer([{ outcome: 'absent' }, { outcome: 'absent' }])
    uploader.add(files(['a']))
    await run()
    network.goOffline()
    storage.last().reply(page)
    await clock.advance(60_000)
    expect([statuses(), storage.requests.length]).toEqual([['retrying'], 1])
    network.goOnline()
    await clock.advance(60_000)
    expect([statuses(), storage.requests.length]).toEqual([['uploading'], 2])
  })

  test('is none where a proxy says when to come again: it has not asked storage, and is left alone for so long', async () => {
    const { uploader, clock, run, storage, statuses, asked } = withServer([])
    uploader.add(files(['a']))
    await run()
    storage.last().reply({ status: 503, body: '<html><h1>Maintenance</h1></html>', headers: { 'content-type': 'text/html', 'retry-after': '30' } })
    await clock.advance(29_000)
    expect([asked.length, storage.requests.length, statuses()]).toEqual([0, 1, ['retrying']])
  })

  test('by a connection that broke while the browser told nothing is asked for: over HTTP/2 the whole file may be there', async () => {
    const { uploader, run, storage, statuses, asked } = withServer([{ outcome: 'stored', object }])
    uploader.add(files(['a']))
    await run()
    storage.last().reject(new CosUploadError('network', 'reset', { probe: null, url: 'https://bucket/', sentUnknown: true }))
    await run()
    expect([asked.length, storage.requests.length, statuses()]).toEqual([1, 1, ['success']])
  })

  test('by a redirect that nobody can look into is asked for: a proxy redirects, too', async () => {
    const clock = createManualClock()
    const { source } = createScriptedPolicySource({ clock })
    const policy: PolicySource = async (request, options) => {
      const { posts, ...rest } = await source(request, options)
      return { ...rest, posts: posts.map((post) => ({ ...post, fields: { ...post.fields, success_action_redirect: 'https://my.website/landed' } })) }
    }
    const { uploader, run, storage, asked } = withServer([{ outcome: 'absent' }, { outcome: 'absent' }], { clock, policy })
    uploader.add(files(['a']))
    await run()
    storage.last().reply({ status: null, url: null, via: 'fetch' })
    await clock.advance(60_000)
    expect([asked.length, storage.requests.length]).toEqual([2, 2])
  })

  test('and that the server finds is a success, with what the server saw', async () => {
    const { uploader, run, storage, items, asked, told } = withServer([{ outcome: 'stored', object }])
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    expect(asked).toEqual([{ receipt: 'receipt:uploads/1/a', key: 'uploads/1/a', size: 10 }])
    expect(items()).toMatchObject([
      {
        status: 'success',
        result: {
          via: 'confirm',
          etag: '"e"',
          versionId: 'v7',
          crc64: '42',
          integrity: 'unavailable',
          status: null,
          location: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/uploads/1/a',
        },
      },
    ])
    expect(told()).toEqual(['files-added', 'upload-started', 'outcome-doubted', 'upload-succeeded', 'queue-settled'])
  })

  test('is proved when the file’s own CRC-64 is the object’s', async () => {
    const { uploader, run, storage, items, asked } = withServer([{ outcome: 'stored', object }], {
      integrity: 'verify',
      hasher: async () => ({ crc64: '42' }),
    })
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    expect(asked[0]?.crc64).toBe('42')
    expect(items()).toMatchObject([{ status: 'success', result: { integrity: 'verified' } }])
  })

  test('and that the server twice does not find is sent again, under the same key', async () => {
    const { uploader, run, storage, clock, asked, statuses, items } = withServer([{ outcome: 'absent' }, { outcome: 'absent' }])
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    expect(statuses()).toEqual(['confirming'])
    await clock.advance(1_000)
    expect(asked).toHaveLength(2)
    const message = expect.stringMatching(/^The reply was lost, and your server is sure that "uploads\/1\/a" was not stored/)
    expect(items()).toMatchObject([{ status: 'retrying', attempt: 1, error: { code: 'network', message } }])
    await clock.advance(500)
    storage.last().succeed()
    await run()
    expect(statuses()).toEqual(['success'])
    expect(storage.requests.map(({ key }) => key)).toEqual(['uploads/1/a', 'uploads/1/a'])
  })

  test('and that storage was still writing is found at the second look', async () => {
    const { uploader, run, storage, clock, statuses } = withServer([{ outcome: 'absent' }, { outcome: 'stored', object }])
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await clock.advance(1_000)
    expect(statuses()).toEqual(['success'])
    expect(storage.requests).toHaveLength(1)
  })

  test.each<[string, ConfirmReply]>([
    ['the server says so', { outcome: 'different' }],
    ['its size is another', { outcome: 'stored', object: { ...object, size: 11 } }],
    ['its CRC-64 is another', { outcome: 'stored', object: { ...object, crc64: '43' } }],
  ])('stays in doubt when another object is under its key: %s', async (_, answer) => {
    const { uploader, run, storage, clock, items } = withServer([answer], { integrity: 'verify', hasher: async () => ({ crc64: '42' }) })
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await clock.advance(60_000)
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])
    expect(storage.requests).toHaveLength(1)
  })

  test('stays in doubt when the server cannot be asked, and is asked about first when it is retried by hand', async () => {
    const down = new CosUploadError('policy-unreachable', 'down', { url: null, status: 502, retryAfter: null })
    const { uploader, run, storage, clock, items, asked } = withServer([down, down, down, { outcome: 'stored', object }])
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await clock.advance(60_000)
    expect(asked).toHaveLength(3)
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', cause: down } }])
    uploader.retry(a)
    await run()
    expect(items()).toMatchObject([{ status: 'success' }])
    expect(storage.requests).toHaveLength(1)
  })

  test('can be canceled while the server is asked', async () => {
    const { uploader, run, storage, statuses, clock } = createUploaderFixture({ confirm: () => new Promise(() => {}) })
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    expect(statuses()).toEqual(['confirming'])
    uploader.cancel(a)
    await run()
    expect(statuses()).toEqual(['canceled'])
    // The frame that shows it.
    await clock.advance(16)
    expect(clock.pending()).toBe(0)
  })
})

describe('an upload that is canceled', () => {
  test('when all of it was sent is looked for before it is sent again', async () => {
    const { uploader, run, storage, items, asked } = withServer([{ outcome: 'stored', object }])
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().progress(10, 'waiting')
    uploader.cancel(a)
    uploader.retry(a)
    await run()
    expect(asked).toHaveLength(1)
    expect(items()).toMatchObject([{ status: 'success', result: { via: 'confirm' } }])
    expect(storage.requests).toHaveLength(1)
  })

  test('before there was word of its way is looked for too: a small one may be out', async () => {
    const { uploader, run, storage, asked, statuses } = withServer([{ outcome: 'stored', object }])
    const [a] = uploader.add(files(['a']))
    await run()
    uploader.cancel(a)
    uploader.retry(a)
    await run()
    expect(asked).toHaveLength(1)
    expect(statuses()).toEqual(['success'])
    expect(storage.requests).toHaveLength(1)
  })

  test('is not taken for an older object of its size: its CRC-64 is told again', async () => {
    const { uploader, run, clock, storage, asked, items } = withServer([{ outcome: 'stored', object: { ...object, crc64: '41' } }], {
      integrity: 'verify',
      hasher: (_, { signal }) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          void Promise.resolve().then(() => resolve({ crc64: '42' }))
        }),
    })
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().progress(10, 'waiting')
    uploader.cancel(a)
    uploader.retry(a)
    await clock.advance(5_000)
    expect(asked).toMatchObject([{ crc64: '42' }])
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])
  })

  test('on a way that tells no progress is looked for too', async () => {
    const { uploader, run, storage, asked, statuses } = withServer([{ outcome: 'stored', object }])
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().progress(null)
    uploader.cancel(a)
    await run()
    uploader.retry(a)
    await run()
    expect(asked).toHaveLength(1)
    expect(statuses()).toEqual(['success'])
  })

  test.each<[string, (request: ScriptedRequest) => void]>([
    ['halfway', (request) => request.progress(5)],
    ['after a refusal', (request) => (request.progress(10, 'waiting'), request.refuse(503, 'SlowDown'))],
  ])('%s is sent again without a question', async (_, happen) => {
    const { uploader, run, storage, asked, statuses } = withServer([])
    const [a] = uploader.add(files(['a']))
    await run()
    happen(storage.last())
    await run()
    uploader.cancel(a)
    await run()
    uploader.retry(a)
    await run()
    expect(asked).toEqual([])
    expect(statuses()).toEqual(['uploading'])
    expect(storage.requests).toHaveLength(2)
  })
})

describe('confirmWhen: always', () => {
  test('an item succeeds when the server has seen the object, whose HEAD fills in what the page could not read', async () => {
    const { uploader, run, storage, items, asked } = withServer([{ outcome: 'stored', object }], { confirmWhen: 'always' })
    uploader.add(files(['a']))
    await run()
    storage.last().reply({ headers: { 'x-cos-request-id': 'r' } })
    await run()
    expect(asked).toEqual([{ receipt: 'receipt:uploads/1/a', key: 'uploads/1/a', size: 10 }])
    expect(items()).toMatchObject([
      { status: 'success', result: { via: 'xhr', etag: '"e"', versionId: 'v7', requestId: 'r', encryption: { kind: 'SSE-COS' } } },
    ])
  })

  test('the server is told of what storage answered, so that no other version of the object is taken for this one', async () => {
    const { uploader, run, storage, asked } = withServer([{ outcome: 'stored', object }], { confirmWhen: 'always' })
    uploader.add(files(['a']))
    await run()
    storage.last().succeed({ ETag: '"e"', 'x-cos-version-id': 'v7' })
    await run()
    expect(asked).toMatchObject([{ etag: '"e"', versionId: 'v7' }])
  })

  test('a server that cannot be asked leaves the file stored; a retry asks again and sends nothing', async () => {
    const { uploader, run, storage, items } = withServer([new Error('mine'), { outcome: 'stored', object }], { confirmWhen: 'always' })
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().succeed({ ETag: '"e"' })
    await run()
    // What the app's own port threw is what its developer looks for.
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'confirm-failed', cause: { message: 'mine' } } }])
    uploader.retry(a)
    await run()
    expect(items()).toMatchObject([{ status: 'success' }])
    expect(storage.requests).toHaveLength(1)
  })

  test('a server that does not find what storage accepted is an error, not a second upload', async () => {
    const { uploader, run, storage, clock, items } = withServer([{ outcome: 'absent' }, { outcome: 'absent' }], { confirmWhen: 'always' })
    uploader.add(files(['a']))
    await run()
    storage.last().succeed()
    await clock.advance(60_000)
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'confirm-failed', details: { outcome: 'absent' } } }])
    expect(storage.requests).toHaveLength(1)
  })
})

describe('an upload in doubt', () => {
  test('is not read a second time where its hash is there already', async () => {
    const hasher = vi.fn<Hasher>(async () => ({ crc64: '42' }))
    const { uploader, run, storage, statuses, asked } = withServer([{ outcome: 'stored', object }], { integrity: 'verify', hasher })
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    expect([statuses(), asked]).toMatchObject([['success'], [{ crc64: '42' }]])
    expect(hasher).toHaveBeenCalledOnce()
  })

  test('may be one that was canceled before a redirect, of which browsers tell no end of sending', async () => {
    const clock = createManualClock()
    const { source } = createScriptedPolicySource({ clock })
    const policy: PolicySource = async (request, options) => {
      const { posts, ...rest } = await source(request, options)
      return { ...rest, posts: posts.map((post) => ({ ...post, fields: { ...post.fields, success_action_redirect: 'https://my.website/landed' } })) }
    }
    const { uploader, run, storage, statuses, asked } = withServer([{ outcome: 'stored', object }], { clock, policy })
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().progress(5)
    uploader.cancel(a)
    uploader.retry(a)
    await run()
    expect([statuses(), asked.length, storage.requests.length]).toEqual([['success'], 1, 1])
  })

  test('and canceled while it is hashed for that question gives its place to the next, whoever hashes', async () => {
    const { uploader, run, storage, statuses } = withServer([], { concurrency: 1, hasher: () => new Promise(() => {}) })
    const [a] = uploader.add(files(['a', 'b']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    expect(statuses()).toEqual(['confirming', 'queued'])
    uploader.cancel(a)
    await run()
    expect(statuses()).toEqual(['canceled', 'uploading'])
  })

  test('is asked about too when its landing page cannot be read, and is not sent twice', async () => {
    const { uploader, run, storage, statuses, asked, told } = withServer([{ outcome: 'stored', object }], { integrity: 'off' })
    uploader.add(files(['a']))
    await run()
    storage.last().reject(new CosUploadError('redirect-unreadable', 'The object may be stored.', { url: 'https://app.example/' }))
    await run()
    expect(statuses()).toEqual(['success'])
    expect([storage.requests.length, asked.length, told().includes('outcome-doubted')]).toEqual([1, 1, true])
  })

  test('without a confirm port says so when its landing page cannot be read', async () => {
    const { uploader, clock, run, storage, statuses, told } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().reject(new CosUploadError('redirect-unreadable', 'The object may be stored.', { url: 'https://app.example/' }))
    await clock.advance(3_600_000)
    expect(statuses()).toEqual(['error'])
    expect(told()).toContain('outcome-doubted')
  })

  test("is one too when the app's own transport throws anything after everything was sent", async () => {
    const { uploader, run, clock, storage, items, told } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    const cause = new TypeError('Failed to fetch')
    storage.last().progress(10, 'waiting')
    storage.last().reject(cause)
    await clock.advance(3_600_000)
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', cause } }])
    expect(storage.requests).toHaveLength(1)
    expect(told()).toContain('outcome-doubted')
  })

  test('does not hold a slot for ever when the confirm port never answers', async () => {
    const { uploader, run, clock, storage, items } = createUploaderFixture({ concurrency: 1, confirm: () => new Promise(() => {}) })
    uploader.add(files(['a', 'b']))
    await run()
    storage.last().fail('outcome-unknown')
    await clock.advance(3_600_000)
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }, { status: 'uploading' }])
    uploader.destroy()
    await run()
    expect(clock.pending()).toBe(0)
  })

  test('waits for the network when that goes while it is being asked about', async () => {
    let up = false
    const { uploader, run, clock, storage, statuses, network } = createUploaderFixture({
      async confirm() {
        if (!up) throw new CosUploadError('policy-unreachable', 'down', { url: null, status: null, retryAfter: null })
        return { outcome: 'stored', object }
      },
    })
    uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    network.goOffline()
    await clock.advance(60_000)
    up = true
    network.goOnline()
    await clock.advance(60_000)
    expect(statuses()).toEqual(['success'])
    expect(storage.requests).toHaveLength(1)
  })

  test('canceled and wanted again as the questions begin is asked about with its own CRC-64, and in a paused queue it waits', async () => {
    for (const paused of [false, true]) {
      const { uploader, run, clock, storage, items } = createUploaderFixture({
        integrity: 'verify',
        async hasher(_file, { signal }) {
          await Promise.resolve()
          signal.throwIfAborted()
          return { crc64: '42' }
        },
        confirm: async () => ({ outcome: 'stored', object: { ...object, crc64: '41' } }),
      })
      const [a] = uploader.add(files(['a']))
      await run()
      const again = (): void => {
        if (paused) uploader.pause()
        uploader.cancel(a)
        uploader.retry(a)
      }
      uploader.onEvent(({ type }) => {
        const soon = Promise.resolve()
        // Two turns later the questions are about to begin.
        if (type === 'outcome-doubted' && items()[0]?.status === 'uploading') void soon.then(() => {}).then(again)
      })
      storage.last().fail('outcome-unknown')
      await clock.advance(5_000)
      // The object under its key is another.
      expect(items()).toMatchObject([paused ? { status: 'queued' } : { status: 'error', error: { code: 'outcome-unknown' } }])
    }
  })
})

const absent: ConfirmPort = () => Promise.resolve({ outcome: 'absent' })

test('without retries, a canceled file that is wanted again is sent when the server does not have it', async () => {
  const { uploader, run, clock, storage, items } = createUploaderFixture({ confirm: absent, retry: false })
  const [id] = uploader.add(files(['a']))
  await run()
  uploader.cancel(id)
  await run()
  uploader.retry(id)
  await clock.advance(5_000)
  expect(items()).toMatchObject([{ status: 'uploading' }])
  expect(storage.requests).toHaveLength(2)
})

test('without retries, a file in doubt that a person retries is sent when the server does not have it', async () => {
  let up = false
  const confirm: ConfirmPort = () => (up ? Promise.resolve({ outcome: 'absent' }) : Promise.reject(new Error('down')))
  const { uploader, run, clock, storage, items } = createUploaderFixture({ confirm, retry: false })
  const [id] = uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await clock.advance(5_000)
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])
  up = true
  uploader.retry(id)
  await clock.advance(5_000)
  expect(items()).toMatchObject([{ status: 'uploading' }])
  expect(storage.requests).toHaveLength(2)
})

test('a file of two attempts that was canceled and is wanted again has both', async () => {
  const { uploader, run, clock, storage, items } = createUploaderFixture({ confirm: absent, retry: { attempts: 2 } })
  const [id] = uploader.add(files(['a']))
  await run()
  uploader.cancel(id)
  await run()
  uploader.retry(id)
  await clock.advance(5_000)
  storage.last().refuse(500, 'InternalError')
  await clock.advance(5_000)
  expect(items()).toMatchObject([{ status: 'uploading', attempt: 2 }])
})

test('an upload in doubt that a person retries, and that cannot be asked about, was sent', async () => {
  const confirm: ConfirmPort = () => Promise.reject(new Error('down'))
  const { uploader, run, clock, storage, items } = createUploaderFixture({ confirm })
  const [id] = uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await clock.advance(5_000)
  expect(items()).toMatchObject([{ status: 'error', attempt: 1 }])
  uploader.retry(id)
  await clock.advance(5_000)
  // "0 when nothing was sent"
  expect(items()).toMatchObject([{ status: 'error', attempt: 1, error: { code: 'outcome-unknown' } }])
})

test('an upload in doubt whose receipt has run out cannot be asked about any more; a person who retries it sends it', async () => {
  const message = 'The receipt of this upload has ended. Ask for a new policy and upload again.'
  const fetch = async () => new Response(JSON.stringify({ error: { code: 'receipt-expired', message } }), { status: 403 })
  const { uploader, run, storage, items } = createUploaderFixture({ confirm: createHttpConfirmPort('https://app.example.com/confirm', { fetch }) })
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await vi.waitFor(() => expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }]))
  uploader.retry(a)
  await vi.waitFor(() => expect(items()).toMatchObject([{ status: 'uploading' }]))
})

test('an upload in doubt about which nobody can be asked any more can be sent by a person who retries it', async () => {
  const hasher = () => Promise.reject(new Error('Nothing is hashed here.'))
  const confirm = () => Promise.reject(new Error('down'))
  const { uploader, run, clock, policy, connectivity, storage, items } = createUploaderFixture({ confirm, hasher })
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await clock.advance(5_000)
  uploader.setOptions({ policy: policy.source, transport: storage.transport, connectivity, hasher })
  uploader.retry(a)
  await clock.advance(5_000)
  // Never blindly: who is told that there is no port any more decides.
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown' } }])
  uploader.retry(a)
  await run()
  expect(items()).toMatchObject([{ status: 'uploading' }])
  expect(storage.requests.map(({ form }) => form.key)).toEqual(['uploads/1/a', 'uploads/1/a'])
})
