import { getEventListeners } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createUploader } from './create-uploader.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import type { ScriptedRequest } from './testing/scripted-transport.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { createFetchTransport } from './transport/fetch-transport.ts'
import { isCosUploadError } from './upload-error.ts'
import { isSettled } from './upload-item.ts'
import type { Uploader, UploaderOptions } from './uploader.ts'

test('an added file is signed for, sent and stored, and every step is told', async () => {
  const { uploader, run, storage, clock, items, told } = createUploaderFixture()
  uploader.add(files(['a.txt']))
  expect(items()).toMatchObject([{ status: 'queued', name: 'a.txt', size: 10 }])
  await run()
  expect(items()).toMatchObject([{ status: 'uploading', attempt: 1, phase: 'sending' }])
  storage.last().progress(3)
  await clock.advance(16)
  expect(items()).toMatchObject([{ progress: { sent: 3, total: 10 } }])
  storage.last().progress(9, 'waiting')
  await clock.advance(16)
  expect(items()).toMatchObject([{ phase: 'waiting', progress: { sent: 9, total: 10 } }])
  storage.last().succeed({ ETag: '"abc"', 'x-cos-version-id': 'v1' })
  await run()
  expect(items()).toMatchObject([{ status: 'success', result: { key: 'uploads/1/a.txt', etag: '"abc"', versionId: 'v1', via: 'xhr' } }])
  expect(told()).toEqual(['files-added', 'upload-started', 'upload-progressed', 'upload-progressed', 'upload-succeeded', 'queue-settled'])
})

describe('slots', () => {
  test('so many files are sent at a time, in order, and the next starts when one ends', async () => {
    const { uploader, run, storage } = createUploaderFixture({ concurrency: 2 })
    uploader.add(files(['a', 'b', 'c', 'd']))
    await run()
    expect(storage.active().map(({ form }) => form.filename)).toEqual(['a', 'b'])
    storage.active()[1]!.succeed()
    await run()
    expect(storage.active().map(({ form }) => form.filename)).toEqual(['a', 'c'])
  })

  test('3 at a time unless told otherwise; raised and lowered while running', async () => {
    const { uploader, run, storage, policy, clock } = createUploaderFixture()
    uploader.add(numbered(10))
    await run()
    expect(storage.active()).toHaveLength(3)
    uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, integrity: 'off', concurrency: 5 })
    await run()
    expect(storage.active()).toHaveLength(5)
    uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, integrity: 'off', concurrency: 1 })
    storage.active()[0]!.succeed()
    await run()
    expect(storage.active()).toHaveLength(4)
  })

  test('a refused "SlowDown" halves the uploads at a time; successes bring them back one by one', async () => {
    const { uploader, run, storage, clock } = createUploaderFixture({ concurrency: 4 })
    uploader.add(numbered(60))
    await run()
    for (const request of storage.active()) request.refuse(503, 'SlowDown')
    await run()
    expect(storage.active()).toHaveLength(2)
    storage.active()[0]!.succeed()
    await run()
    expect(storage.active()).toHaveLength(2)
    storage.active()[0]!.succeed()
    await run()
    expect(storage.active()).toHaveLength(3)
    await clock.advance(60_000)
    for (let round = 0; round < 8; round += 1) {
      storage.active()[0]!.succeed()
      await run()
    }
    expect(storage.active()).toHaveLength(4)
  })
})

describe('order', () => {
  test('higher priority goes first, equal ones in the order of the list', async () => {
    const { uploader, run, storage } = createUploaderFixture({ concurrency: 1 })
    const [a, b, c] = files(['a', 'b', 'c'])
    uploader.add([a!, b!, { file: c!, priority: 5 }])
    const order: string[] = []
    for (let n = 0; n < 3; n += 1) {
      await run()
      order.push(storage.last().form.filename)
      storage.last().succeed()
    }
    expect(order).toEqual(['c', 'a', 'b'])
  })

  test('a waiting file can be moved and given another priority', async () => {
    const { uploader, run, storage, items } = createUploaderFixture({ concurrency: 1 })
    const ids = uploader.add(files(['a', 'b', 'c', 'd']))
    await run()
    uploader.move(ids[3]!, 1)
    uploader.setPriority(ids[2]!, 1)
    expect(items().map(({ name }) => name)).toEqual(['a', 'd', 'b', 'c'])
    uploader.add(files(['e']))
    const order: string[] = []
    for (let n = 0; n < 5; n += 1) {
      await run()
      order.push(storage.last().form.filename)
      storage.last().succeed()
    }
    expect(order).toEqual(['a', 'c', 'd', 'b', 'e'])
  })

  test.each<[string, (uploader: Uploader, id: string) => void]>([
    ['a higher priority', (uploader, id) => uploader.setPriority(id, 1)],
    ['the first place', (uploader, id) => uploader.move(id, 0)],
  ])('who is given %s while all wait is next', async (_what, give) => {
    const { uploader, run, storage } = createUploaderFixture({ concurrency: 1 })
    const ids = uploader.add(files(['a', 'b', 'c', 'd']))
    await run()
    give(uploader, ids[3]!)
    storage.last().succeed()
    await run()
    expect(storage.last().form.filename).toBe('d')
  })

  test('the order in which uploads end does not matter', async () => {
    const { uploader, run, storage, statuses } = createUploaderFixture({ concurrency: 3 })
    uploader.add(files(['a', 'b', 'c']))
    await run()
    for (const request of [...storage.active()].reverse()) {
      request.succeed()
      await run()
    }
    expect(statuses()).toEqual(['success', 'success', 'success'])
  })
})

describe('pausing', () => {
  test('nothing new starts while paused, running uploads go on, and resuming starts the rest', async () => {
    const { uploader, run, storage, statuses, told } = createUploaderFixture({ concurrency: 1 })
    uploader.add(files(['a', 'b']))
    await run()
    uploader.pause()
    storage.last().succeed()
    await run()
    expect(statuses()).toEqual(['success', 'queued'])
    expect(uploader.getSnapshot().paused).toBe(true)
    uploader.resume()
    await run()
    expect(statuses()).toEqual(['success', 'uploading'])
    expect(told()).toEqual(expect.arrayContaining(['queue-paused', 'queue-resumed']))
  })

  test('what is paused and paused again, or resumed and resumed again, is told once', async () => {
    const { uploader, run, told } = createUploaderFixture()
    uploader.resume()
    uploader.pause()
    uploader.pause()
    await run()
    uploader.resume()
    uploader.resume()
    await run()
    expect(told()).toEqual(['queue-paused', 'queue-resumed'])
  })

  test('files can be added while others run', async () => {
    const { uploader, run, storage, statuses } = createUploaderFixture({ concurrency: 1 })
    uploader.add(files(['a']))
    await run()
    uploader.add(files(['b']))
    storage.last().succeed()
    await run()
    expect(statuses()).toEqual(['success', 'uploading'])
  })
})

describe('canceling and removing', () => {
  test('a canceled upload is given up at once and frees its slot', async () => {
    const { uploader, run, storage, statuses, told } = createUploaderFixture({ concurrency: 1 })
    const [a] = uploader.add(files(['a', 'b']))
    await run()
    const { signal } = storage.last()
    uploader.cancel(a)
    expect(signal.aborted).toBe(true)
    await run()
    expect(statuses()).toEqual(['canceled', 'uploading'])
    expect(told()).toContain('upload-canceled')
  })

  test('what a transport of the app’s has stored it is not told to stop', async () => {
    const { uploader, run, storage, statuses } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().succeed()
    await run()
    expect([statuses(), storage.last().signal.aborted]).toEqual([['success'], false])
  })

  test('a file can be canceled in every status, and is sent when it is retried', async () => {
    const { uploader, run, storage, statuses, clock } = createUploaderFixture({ concurrency: 1 })
    const [a, b] = uploader.add(files(['a', 'b']))
    uploader.cancel(b)
    await run()
    storage.last().fail('network')
    await run()
    expect(statuses()).toEqual(['retrying', 'canceled'])
    uploader.cancel()
    await clock.advance(60_000)
    expect(statuses()).toEqual(['canceled', 'canceled'])
    expect(storage.requests).toHaveLength(1)
    uploader.retry(a)
    uploader.retry(b)
    await run()
    storage.last().succeed()
    await run()
    storage.last().succeed()
    await run()
    expect(statuses()).toEqual(['success', 'success'])
  })

  test('canceled and retried in one breath, a file is sent once and not twice', async () => {
    const { uploader, run, storage, statuses } = createUploaderFixture({ concurrency: 2 })
    const [a] = uploader.add(files(['a']))
    uploader.cancel(a)
    uploader.retry(a)
    uploader.cancel(a)
    uploader.retry(a)
    await run()
    expect(storage.requests).toHaveLength(1)
    uploader.cancel(a)
    uploader.retry(a)
    await run()
    expect(storage.active()).toHaveLength(1)
    storage.last().succeed()
    await run()
    expect(statuses()).toEqual(['success'])
  })

  test('an item can be removed in every status; a running upload is given up first', async () => {
    const { uploader, run, storage, items, told } = createUploaderFixture({ concurrency: 1 })
    const [a, b, c] = uploader.add(files(['a', 'b', 'c']))
    await run()
    uploader.remove(a!)
    uploader.remove(c!)
    await run()
    expect(storage.requests[0]!.signal.aborted).toBe(true)
    expect(items().map(({ id }) => id)).toEqual([b])
    storage.last().succeed()
    await run()
    uploader.remove(b!)
    uploader.remove('nobody')
    expect(items()).toEqual([])
    await run()
    expect(told().filter((type) => type === 'item-removed')).toHaveLength(3)
  })

  test('clearing takes out what is settled, or everything', async () => {
    const { uploader, run, storage, items } = createUploaderFixture({ concurrency: 1 })
    uploader.add(files(['a', 'b']))
    await run()
    storage.last().succeed()
    await run()
    uploader.clear()
    expect(items().map(({ name }) => name)).toEqual(['b'])
    uploader.clear('all')
    expect(items()).toEqual([])
    expect(storage.last().signal.aborted).toBe(true)
  })

  test('two equal files are two items: removing one leaves the other', async () => {
    const { uploader, run, storage, items, statuses } = createUploaderFixture()
    const [file] = files(['same.txt'])
    const [first] = uploader.add([file!, file!])
    await run()
    expect(new Set(storage.active().map(({ key }) => key)).size).toBe(2)
    uploader.remove(first!)
    expect(items()).toHaveLength(1)
    storage.last().succeed()
    await run()
    expect(statuses()).toEqual(['success'])
  })
})

describe('promises', () => {
  test('upload resolves with all items when all are settled, whatever became of them', async () => {
    const { uploader, run, storage } = createUploaderFixture({ retry: false, autoUpload: false })
    const promise = uploader.upload(files(['a', 'b', 'c']))
    await run()
    const [a, b] = storage.active()
    a!.succeed()
    b!.refuse(403, 'AccessDenied')
    await run()
    uploader.remove(uploader.getSnapshot().ids[2]!)
    const items = await promise
    expect(items.map(({ status }) => status)).toEqual(['success', 'error', 'canceled'])
    expect(items.every(isSettled)).toBe(true)
  })

  test('uploadAsync resolves with the result', async () => {
    const { uploader, run, storage } = createUploaderFixture()
    const promise = uploader.uploadAsync(files(['a'])[0]!)
    await run()
    storage.last().succeed({ ETag: '"e"' })
    expect(await promise).toMatchObject({ etag: '"e"', key: 'uploads/1/a' })
  })

  test('uploadAsync rejects with the typed error, with the restriction, or when aborted', async () => {
    const { uploader, run, storage } = createUploaderFixture({ retry: false, restrictions: { maxSize: 100 } })
    const refused = uploader.uploadAsync(files(['a'])[0]!).catch((error: unknown) => error)
    await run()
    storage.last().refuse(403, 'SignatureDoesNotMatch')
    expect(await refused).toMatchObject({ code: 'service', details: { serviceCode: 'SignatureDoesNotMatch' } })

    const tooLarge = await uploader.uploadAsync(files(['b'], 101)[0]!).catch((error: unknown) => error)
    expect(isCosUploadError(tooLarge, 'file-rejected') && tooLarge.details.reasons).toMatchObject([{ code: 'file-too-large' }])

    const controller = new AbortController()
    const aborted = uploader.uploadAsync(files(['c'])[0]!, { signal: controller.signal }).catch((error: unknown) => error)
    await run()
    controller.abort()
    expect(await aborted).toMatchObject({ code: 'aborted' })
    expect(storage.last().signal.aborted).toBe(true)
  })

  test('an aborted signal cancels what is not settled, and no listener stays on it', async () => {
    const { uploader, run, storage, statuses } = createUploaderFixture()
    const controller = new AbortController()
    const promise = uploader.upload(files(['a', 'b']), { signal: controller.signal })
    await run()
    storage.active()[0]!.succeed()
    await run()
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    controller.abort()
    await promise
    expect(statuses()).toEqual(['success', 'canceled'])
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })
})

describe('offline', () => {
  test.each(['network', 'stalled'] as const)(
    'the queue waits while the network is gone (%s) and goes on by itself, without using up an attempt',
    async (how) => {
      const { uploader, run, storage, statuses, network, items, clock } = createUploaderFixture({ concurrency: 1, retry: { attempts: 1 } })
      uploader.add(files(['a', 'b']))
      await run()
      network.goOffline()
      storage.last().fail(how)
      await clock.advance(60_000)
      expect(uploader.getSnapshot().offline).toBe(true)
      expect(statuses()).toEqual(['retrying', 'queued'])
      network.goOnline()
      await run()
      expect(items()).toMatchObject([{ status: 'uploading', attempt: 1 }, { status: 'queued' }])
      expect(uploader.getSnapshot().offline).toBe(false)
    },
  )

  test.each<[string, Partial<UploaderOptions>]>([
    ['', {}],
    [' and there is a server to ask', { confirm: () => new Promise(() => {}) }],
  ])('a file that storage refused as the network went has its error, and does not wait for what would be refused again%s', async (_, options) => {
    const { uploader, run, storage, statuses, network } = createUploaderFixture(options)
    uploader.add(files(['a']))
    await run()
    network.goOffline()
    storage.last().refuse(403, 'AccessDenied')
    await run()
    expect(statuses()).toEqual(['error'])
  })

  test('a network that goes without a word makes no upload run in circles', async () => {
    let online = true
    const { uploader, run, storage, statuses, clock } = createUploaderFixture({ connectivity: { online: () => online, subscribe: () => () => {} } })
    uploader.add(files(['a']))
    await run()
    online = false
    storage.last().fail('network')
    await clock.advance(10_000)
    expect(statuses()).toEqual(['retrying'])
    expect(storage.requests).toHaveLength(1)
    expect(uploader.getSnapshot().offline).toBe(true)
  })

  test('a network that comes back without a word is found by who presses retry', async () => {
    let online = false
    const { uploader, run, statuses } = createUploaderFixture({ connectivity: { online: () => online, subscribe: () => () => {} } })
    uploader.add(files(['a']))
    await run()
    online = true
    uploader.retry()
    await run()
    expect(statuses()).toEqual(['uploading'])
  })

  test('another network is listened to as soon as it is given, and the one before no more', async () => {
    const { uploader, run, network, storage, policy, clock } = createUploaderFixture()
    const other = createUploaderFixture()
    const options = { policy: policy.source, transport: storage.transport, clock, connectivity: other.connectivity }
    uploader.add(files(['a']))
    await run()
    expect(network.listeners()).toBe(1)
    uploader.setOptions(options)
    expect([network.listeners(), other.network.listeners()]).toEqual([0, 1])
    other.network.goOffline()
    expect(uploader.getSnapshot().offline).toBe(true)
    uploader.setOptions({ ...options })
    expect(other.network.listeners()).toBe(1)
    uploader.destroy()
    expect(other.network.listeners()).toBe(0)
  })

  test('that the network is as it was is not told, so an app that sets its options at every change comes to an end', async () => {
    const { uploader, run, network, connectivity, storage, policy, clock } = createUploaderFixture()
    network.goOffline()
    uploader.add(files(['a']))
    await run()
    let heard = 0
    uploader.subscribe(() => (heard += 1))
    uploader.setOptions({ policy: policy.source, transport: storage.transport, clock, connectivity })
    await run()
    expect([heard, uploader.getSnapshot().offline]).toEqual([0, true])
  })

  test('the network is listened to from the first file until destroy', async () => {
    const { uploader, run, network } = createUploaderFixture()
    expect(network.listeners()).toBe(0)
    uploader.add(files(['a']))
    uploader.add(files(['b']))
    await run()
    expect(network.listeners()).toBe(1)
    uploader.destroy()
    expect(network.listeners()).toBe(0)
  })
})

test('a file that is retried after destroy waits for the network like any other', async () => {
  const { uploader, run, network, statuses } = createUploaderFixture()
  const [a] = uploader.add(files(['a']))
  uploader.destroy()
  network.goOffline()
  uploader.retry(a)
  await run()
  expect(statuses()).toEqual(['queued'])
  network.goOnline()
  await run()
  expect(statuses()).toEqual(['uploading'])
})

test('destroy cancels everything and leaves no timer, and a destroyed uploader can be used again', async () => {
  const { uploader, run, storage, clock, statuses } = createUploaderFixture({ concurrency: 2 })
  uploader.add(files(['a', 'b', 'c']))
  await run()
  storage.active()[0]!.progress(5)
  storage.active()[1]!.fail('network')
  await run()
  uploader.destroy()
  await run()
  expect(clock.pending()).toBe(0)
  expect(storage.active()).toHaveLength(0)
  expect(statuses()).toEqual(['canceled', 'canceled', 'canceled'])
  uploader.add(files(['d']))
  await run()
  storage.last().succeed()
  await run()
  expect(statuses().at(-1)).toBe('success')
})

test('a list that was hidden in mid-upload and is shown again shows how far an upload is', async () => {
  const { uploader, run, clock, storage, items } = createUploaderFixture()
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().progress(1)
  uploader.destroy()
  await run()
  uploader.retry(a)
  await run()
  storage.last().progress(5)
  await clock.advance(16)
  expect(items()).toMatchObject([{ status: 'uploading', progress: { sent: 5 } }])
})

test('a canceled upload closes its connection: the server sees the socket end', async () => {
  let closed: () => void = () => {}
  const gone = new Promise<void>((resolve) => (closed = resolve))
  let arrived: () => void = () => {}
  const here = new Promise<void>((resolve) => (arrived = resolve))
  const server = createServer((request) => {
    request.once('data', arrived)
    request.socket.once('close', closed)
    request.resume()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const clock = createManualClock()
  const policy = createScriptedPolicySource({ clock })
  const uploader = createUploader({
    async policy(request, options) {
      const reply = await policy.source(request, options)
      return { ...reply, posts: reply.posts.map((post) => ({ ...post, url: `http://127.0.0.1:${port}/examplebucket-1250000000/` })) }
    },
    transport: createFetchTransport(),
    integrity: 'off',
  })
  const [id] = uploader.add(files(['big.bin'], 8 * 2 ** 20))
  await here
  uploader.cancel(id)
  await gone
  expect(uploader.getItem(id!)?.status).toBe('canceled')
  uploader.destroy()
  await new Promise((resolve) => server.close(resolve))
})

test('who listens sees the last success, though the uploader is destroyed before its frame', async () => {
  const { uploader, run, clock, storage } = createUploaderFixture()
  uploader.add(files(['a']))
  await run()
  let shown: string[] = []
  uploader.subscribe(() => (shown = [...uploader.getSnapshot().items].map(({ status }) => status)))
  storage.last().progress(5)
  await clock.advance(100)
  expect(shown).toEqual(['uploading'])
  storage.last().succeed()
  await run()
  uploader.destroy()
  await run()
  expect(shown).toEqual(['success'])
})

test.each([NaN, 0, -2])('a concurrency of %d is one at a time', async (concurrency) => {
  const { uploader, run, storage } = createUploaderFixture({ concurrency })
  uploader.add(numbered(2))
  await run()
  expect(storage.active()).toHaveLength(1)
})

test.each(['stored', 'canceled'])('an upload that stands still is shown to have no speed, and no timer outlives it when it is %s', async (end) => {
  const { uploader, run, clock, storage, items } = createUploaderFixture()
  uploader.add(files(['a'], 1_000_000))
  await run()
  for (const sent of [10_000, 50_000, 500_000]) {
    storage.last().progress(sent)
    await clock.advance(300)
  }
  expect(uploader.getSnapshot().totals.speed).toBeGreaterThan(0)
  await clock.advance(20_000)
  expect(uploader.getSnapshot().totals).toMatchObject({ speed: null, remainingSeconds: null })
  expect(items()).toMatchObject([{ status: 'uploading', speed: null }])
  if (end === 'stored') storage.last().succeed()
  else uploader.cancel()
  await clock.advance(16)
  expect(clock.pending()).toBe(0)
})

// `const [id] = uploader.add([file])`: `string` to TypeScript without noUncheckedIndexedAccess, `undefined` when the file was refused.
const idOfRefused = (uploader: { add: (files: File[]) => readonly string[] }, file: File): string => uploader.add([file])[0]!

test('taking out what was never added leaves the others alone', async () => {
  const { uploader, run, statuses } = createUploaderFixture({ restrictions: { maxSize: 10 } })
  uploader.add(files(['a', 'b']))
  await run()
  expect(statuses()).toEqual(['uploading', 'uploading'])
  uploader.remove(idOfRefused(uploader, files(['big'], 11)[0]!))
  await run()
  expect(statuses()).toEqual(['uploading', 'uploading'])
})

test('the priority of what was never added changes nobody else’s place', async () => {
  const { uploader, run, storage } = createUploaderFixture({ concurrency: 1, restrictions: { maxSize: 10 } })
  uploader.add(files(['now']))
  await run()
  uploader.add([{ file: files(['first'])[0]!, priority: 5 }])
  uploader.setPriority(idOfRefused(uploader, files(['big'], 11)[0]!), 9)
  uploader.add([{ file: files(['urgent'])[0]!, priority: 7 }])
  storage.last().succeed()
  await run()
  expect(storage.last().form.filename).toBe('urgent')
})

test('the reason of an abort is told', async () => {
  const { uploader, run } = createUploaderFixture()
  const controller = new AbortController()
  const result = uploader.uploadAsync(files(['a'])[0]!, { signal: controller.signal }).catch((error: unknown) => error)
  await run()
  controller.abort('The user left.')
  expect(await result).toMatchObject({ code: 'aborted', details: { reason: 'The user left.' } })
})

test.each([
  ['was on its way', () => {}],
  ['was out', (request: ScriptedRequest) => request.progress(10, 'waiting')],
  ['may be stored', (request: ScriptedRequest) => request.fail('outcome-unknown')],
])('a file that %s when its list was hidden goes under the same key again: storage may have it', async (_, act) => {
  const { uploader, run, storage } = createUploaderFixture()
  const [a] = uploader.add(files(['a']))
  await run()
  act(storage.last())
  await run()
  uploader.destroy()
  await run()
  uploader.retry(a)
  await run()
  expect(storage.requests.map(({ key }) => key)).toEqual(['uploads/1/a', 'uploads/1/a'])
})
