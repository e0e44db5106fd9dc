// @vitest-environment jsdom
import { createServer } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { ignore, ofSize, stubXhr, type SimulatedXhr } from '../testing/simulated-xhr.ts'
import { createStandingClock } from '../testing/standing-clock.ts'
import { isCosUploadError } from '../upload-error.ts'
import { createXhrTransport } from './xhr-transport.ts'

afterEach(() => vi.unstubAllGlobals())

test('an app tested in jsdom reads every header whole, the last one too', async () => {
  const server = createServer((request, response) => {
    request.resume()
    response.sendDate = false
    response.writeHead(204, {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Expose-Headers': 'ETag, x-cos-request-id',
      Connection: 'close',
      ETag: '"e"',
      'x-cos-request-id': 'scripted',
    })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const form = createPostForm({ action: `http://127.0.0.1:${port}/`, fields: [['key', 'a']], file: new Blob(['a']), filename: 'a' })
  const reply = await createXhrTransport()(form, { signal: new AbortController().signal, onProgress: () => {} })
  expect([reply.header('ETag'), reply.header('x-cos-request-id')]).toEqual(['"e"', 'scripted'])
  await new Promise((resolve) => server.close(resolve))
})

test('an app in a sandbox, where nobody may ask for service workers, can upload', async () => {
  const server = createServer((request, response) =>
    request.resume().on('end', () => response.writeHead(204, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }).end()),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const action = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
  Object.defineProperty(navigator, 'serviceWorker', {
    get() {
      throw new DOMException('The context is sandboxed.', 'SecurityError')
    },
  })
  const form = createPostForm({ action, fields: [['key', 'a']], file: new Blob(['a']), filename: 'a' })
  const sent = createXhrTransport()(form, { signal: new AbortController().signal, onProgress: () => {} })
  expect(await sent).toMatchObject({ status: 204 })
  await new Promise((resolve) => server.close(resolve))
})

test('an app tested behind MSW in a page, which has the headers of a reply without a body only after its loadend, reads them', async () => {
  stubXhr((xhr) => {
    xhr.status = 204
    xhr.onloadend({ timeStamp: 0 })
    xhr.getAllResponseHeaders = () => 'connection: close\r\netag: "e"'
  })
  const reply = await createXhrTransport()(ofSize(1), ignore)
  expect([reply.status, reply.header('ETag')]).toEqual([204, '"e"'])
})

test('an app tested in happy-dom, which leaves names of headers as storage wrote them, reads the ETag', async () => {
  stubXhr((xhr) => {
    xhr.status = 204
    xhr.getAllResponseHeaders = () => 'Content-Length: 0\r\nETag: "e"\r\nx-cos-request-id: scripted'
    xhr.onloadend({ timeStamp: 0 })
  })
  const reply = await createXhrTransport()(ofSize(1), ignore)
  expect([reply.header('ETag'), reply.header('x-cos-request-id'), reply.header('Location')]).toEqual(['"e"', 'scripted', null])
})

test('progress behind one service worker says nothing of another address, nor of the next worker: a file that may be out is not called unsent', async () => {
  let progress = true
  stubXhr((xhr) => {
    if (progress) {
      xhr.upload.onprogress?.({ loaded: 50, total: 100, timeStamp: 0 })
      xhr.status = 204
    }
    xhr.onloadend({ timeStamp: 0 })
  })
  const serviceWorker = { controller: {} }
  vi.stubGlobal('navigator', { vendor: 'Google Inc.', serviceWorker })
  const transport = createXhrTransport()
  const send = async (action: string): Promise<unknown> =>
    transport(ofSize(1, action), ignore)
      .then(({ status }) => status)
      .catch((error: unknown) => isCosUploadError(error) && error.code)
  expect(await send('http://a.example/')).toBe(204)
  progress = false
  expect(await send('http://a.example/')).toBe('network')
  expect(await send('http://b.example/')).toBe('outcome-unknown')
  serviceWorker.controller = {}
  expect(await send('http://a.example/')).toBe('outcome-unknown')
})

test('what is shown as sent is of the file alone and never less than before, and no file is given up for a total that is not known yet', async () => {
  stubXhr((xhr) => {
    // The frame around a file of 120 bytes takes 80. The last: sent again, on another connection.
    for (const [loaded, total] of [
      [1, 0],
      [50, 200],
      [100, 200],
      [150, 200],
      [90, 200],
    ])
      xhr.upload.onprogress?.({ loaded, total, timeStamp: 0 })
    xhr.status = 204
    xhr.onloadend({ timeStamp: 0 })
  })
  const told: (number | null)[] = []
  const sending = createXhrTransport()(ofSize(120), { ...ignore, onProgress: (sent) => told.push(sent) })
  expect([(await sending).status, told]).toEqual([204, [20, 70, 70]])
})

test('a file that was sent as a whole is said to have been, however late the connection breaks', async () => {
  stubXhr((xhr) => {
    xhr.upload.onprogress?.({ loaded: 200, total: 200, timeStamp: 0 })
    xhr.onloadend({ timeStamp: 9_000 })
  })
  await expect(createXhrTransport()(ofSize(120), ignore)).rejects.toMatchObject({
    code: 'outcome-unknown',
    message: expect.stringMatching(/^The file was sent/),
    details: expect.not.objectContaining({ sentUnknown: true }),
  })
})

test('an upload is not given up for the time in which the page stood still: what came meanwhile is told after its timers', async () => {
  let xhr: SimulatedXhr | undefined
  stubXhr((sent) => {
    xhr = sent
    sent.upload.onprogress?.({ loaded: 100, total: 200, timeStamp: 0 })
  })
  const { clock, time, standStill } = createStandingClock()
  const sending = createXhrTransport({ clock })(ofSize(120), ignore)
  await time.advance(1_000)
  await standStill(3_600_000)
  if (xhr) xhr.status = 204
  xhr?.onloadend({ timeStamp: 0 })
  expect(await sending).toMatchObject({ status: 204 })
})

test('behind a service worker that hides what goes out no bar stands at nothing, and a file is given the time that it may take', async () => {
  stubXhr(() => {})
  vi.stubGlobal('navigator', { vendor: 'Google Inc.', serviceWorker: { controller: {} } })
  const clock = createManualClock()
  const told: unknown[] = []
  let ended: unknown = null
  const transport = createXhrTransport({ clock, stallTimeout: 5_000, replyTimeout: 20_000 })
  // At 16 KB/s it takes ten seconds.
  transport(ofSize(163_840), { ...ignore, onProgress: (...progress) => told.push(progress) }).catch((error: unknown) => (ended = error))
  await clock.advance(2_900)
  expect(told).toEqual([])
  await clock.advance(600)
  expect(told[0]).toEqual([null, 'sending'])
  await clock.advance(26_400)
  expect(ended).toBeNull()
  await clock.advance(1_600)
  await vi.waitFor(() => expect(ended).toMatchObject({ code: 'outcome-unknown', details: { sentUnknown: true } }))
})

test.each([
  ['told of nothing at all', []],
  ['told of a while before', [{ loaded: 100, total: 200, timeStamp: 1_000 }]],
])('of a connection that broke, with what went out %s, it is said that nobody knows whether all did', async (_what, told) => {
  stubXhr((xhr) => {
    for (const progress of told) xhr.upload.onprogress?.(progress)
    xhr.onloadend({ timeStamp: 1_100 })
  })
  await expect(createXhrTransport()(ofSize(120), ignore)).rejects.toMatchObject({ code: 'network', details: { sentUnknown: true } })
})

test.each([
  {
    size: 5,
    events: [[50, 105] as const, [102, 105] as const, [105, 105] as const],
    told: [
      [2, 'sending'],
      [4, 'waiting'],
    ],
  },
  // Of a file without bytes, too, storage may have everything.
  { size: 0, events: [[50, 100] as const, [100, 100] as const], told: [[0, 'waiting']] },
  // A total that is not known is none.
  { size: 5, events: [[50, 0] as const, [102, 105] as const], told: [[2, 'sending']] },
])('progress is told once something of the file is out: $events of $size', async ({ size, events, told }) => {
  stubXhr((xhr) => {
    for (const [loaded, total] of events) xhr.upload.onprogress?.({ loaded, total, timeStamp: 0 })
    xhr.status = 204
    xhr.onloadend({ timeStamp: 0 })
  })
  const heard: unknown[] = []
  await createXhrTransport()(ofSize(size), { ...ignore, onProgress: (...progress) => heard.push(progress) })
  expect(heard).toEqual(told)
})

test('a connection that broke on the way to a landing page leaves it open whether the file was stored: no end of sending is told before that', async () => {
  stubXhr((xhr) => xhr.onloadend({ timeStamp: 0 }))
  const landing = createPostForm({ ...ofSize(1), fields: [['success_action_redirect', 'http://a.example/done']] })
  await expect(createXhrTransport()(landing, ignore)).rejects.toMatchObject({ code: 'outcome-unknown' })
  await expect(createXhrTransport()(ofSize(1), ignore)).rejects.toMatchObject({ code: 'network' })
})
