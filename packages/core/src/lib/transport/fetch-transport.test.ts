import { getEventListeners, once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createPostForm, type PostForm } from '../form/post-form.ts'
import { readReply } from '../response/read-response.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createFetchTransport } from './fetch-transport.ts'

async function serve(listener: RequestListener): Promise<PostForm> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const fields = [
    ['key', 'a/${filename}'],
    ['success_action_redirect', 'https://my.website/'],
  ] as const
  return createPostForm({ action: `http://127.0.0.1:${address.port}/`, fields, file: new Blob(['hello']), filename: 'hello.txt' })
}

const ignore = { signal: new AbortController().signal, onProgress: () => {} }
const send = createFetchTransport()

test('sends with a Content-Length, which COS demands, and reads a 303 without following it', async () => {
  let length: string | undefined
  const form = await serve((request, response) => {
    length = request.headers['content-length']
    request
      .resume()
      .on('end', () => response.writeHead(303, { Location: 'https://my.website/?bucket=b-1&key=a&etag=%22x%22', 'x-cos-request-id': 'r' }).end())
  })
  const reply = await send(form, ignore)
  expect(Number(length)).toBeGreaterThan(5)
  expect(await readReply(reply, form)).toMatchObject({ status: 303, etag: '"x"', requestId: 'r', via: 'fetch' })
})

test('says once that it cannot tell progress', async () => {
  const form = await serve((request, response) => void request.resume().on('end', () => response.writeHead(204).end()))
  const told: unknown[] = []
  await send(form, { ...ignore, onProgress: (...progress) => told.push(progress) })
  expect(told).toEqual([[null, 'sending']])
})

test('calls what surely failed before the first byte a network error, and everything else unknown', async () => {
  const form = await serve((request) => void request.resume().on('end', () => request.socket.resetAndDestroy()))
  await expect(send(form, ignore)).rejects.toMatchObject({ code: 'outcome-unknown', details: { key: 'a/hello.txt' } })
  const gone = await serve(() => {})
  const error: unknown = await send({ ...gone, action: 'http://nowhere.invalid/' }, ignore).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('http://nowhere.invalid/') })
  // A page's matters, and Node has told why.
  expect(String(error)).not.toMatch(/Content-Security-Policy|CORS/)
})

test.each([
  // Its own words, of a certificate whose signer it does not know: a company's proxy, or a server that leaves out the one in between.
  [
    'Node, which trusts no certificate there,',
    new TypeError('fetch failed', {
      cause: Object.assign(new Error('unable to verify the first certificate'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
    }),
  ],
  ['Bun', Object.assign(new TypeError('Unable to connect. Is the computer able to access the url?'), { code: 'ECONNREFUSED' })],
  [
    'Deno',
    new TypeError('fetch failed', {
      cause: new Error(
        'error sending request for url (http://127.0.0.1:9/): client error (Connect): tcp connect error: Connection refused (os error 111)',
      ),
    }),
  ],
])('does not say "the file was sent" where %s found no way to storage', async (_, refusal) => {
  const form = await serve(() => {})
  await expect(createFetchTransport({ fetch: () => Promise.reject(refusal) })(form, ignore)).rejects.toMatchObject({ code: 'network' })
})

test('does not say "the file was sent" where the connection broke in the midst of it', async () => {
  const form = await serve((request) => request.socket.resetAndDestroy())
  const error: unknown = await send({ ...form, file: new Blob([new Uint8Array(9_000_000)]) }, ignore).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'outcome-unknown', message: expect.stringMatching(/^No reply came/) })
})

test('in Deno, too, a connection that was cut leaves a doubt', async () => {
  const form = await serve(() => {})
  const cut = new TypeError('fetch failed', { cause: new Error('Connection reset by peer (os error 104)') })
  await expect(createFetchTransport({ fetch: () => Promise.reject(cut) })(form, ignore)).rejects.toMatchObject({ code: 'outcome-unknown' })
})

test.each([['gone'], [undefined], [new Error('gone', { cause: 'why' })], [new Error('gone', { cause: { why: 1 } })]])(
  'what an app’s own fetch throws leaves a doubt, whatever it is: %o',
  async (thrown) => {
    const form = await serve(() => {})
    await expect(createFetchTransport({ fetch: () => Promise.reject(thrown) })(form, ignore)).rejects.toMatchObject({ code: 'outcome-unknown' })
  },
)

test('a reply that does not come is waited for as long as a slow file takes, and two minutes', async () => {
  const clock = createManualClock()
  const form = await serve((request) => void request.resume())
  const sending = createFetchTransport({ clock })({ ...form, file: new Blob([new Uint8Array(16_000)]) }, ignore)
  const settled = vi.fn<() => void>()
  sending.then(settled, settled)
  await vi.waitFor(() => expect(clock.pending()).toBe(1))
  await clock.advance(120_999)
  expect(settled).not.toHaveBeenCalled()
  await clock.advance(1)
  await expect(sending).rejects.toMatchObject({ code: 'outcome-unknown', details: { key: 'a/hello.txt' } })
  expect(clock.pending()).toBe(0)
})

test('closes the connection when it is aborted', async () => {
  const controller = new AbortController()
  const connections: Promise<unknown>[] = []
  const form = await serve((request, response) => {
    connections.push(once(response, 'close'))
    request.resume().on('end', () => controller.abort('enough'))
  })
  await expect(send(form, { ...ignore, signal: controller.signal })).rejects.toMatchObject({ code: 'aborted', details: { reason: 'enough' } })
  expect(await Promise.all(connections)).toHaveLength(1)
})

test('names the file when it cannot be read', async () => {
  const form = await serve((request) => void request.resume())
  const broken = Object.defineProperty(new Blob(['hello']), 'slice', { value: () => new Blob([]) })
  await expect(send({ ...form, file: broken }, ignore)).rejects.toMatchObject({ code: 'file-unreadable', details: { name: 'hello.txt' } })
})

test('sends nothing of a file that is canceled while it is looked at', async () => {
  const controller = new AbortController()
  const fetch = vi.fn<() => Promise<Response>>(async () => new Response(null, { status: 204 }))
  const sending = createFetchTransport({ fetch })(await serve(() => {}), { ...ignore, signal: controller.signal })
  controller.abort('enough')
  await expect(sending).rejects.toMatchObject({ code: 'aborted', details: { reason: 'enough' } })
  expect(fetch).not.toHaveBeenCalled()
})

test('names the file when it became unreadable on its way, instead of leaving a doubt', async () => {
  const file = new Blob(['hello'])
  const fetch = (): Promise<never> => {
    Object.defineProperty(file, 'slice', { value: () => new Blob([]) })
    return Promise.reject(new TypeError('fetch failed'))
  }
  await expect(createFetchTransport({ fetch })({ ...(await serve(() => {})), file }, ignore)).rejects.toMatchObject({ code: 'file-unreadable' })
})

test('sends no cookie to storage, and lets go of the signal and of the clock, which would keep a script from ending', async () => {
  const controller = new AbortController()
  const clock = createManualClock()
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(async () => new Response(null, { status: 204 }))
  await createFetchTransport({ fetch, clock })(await serve(() => {}), { ...ignore, signal: controller.signal })
  expect(fetch.mock.lastCall?.[1]).toMatchObject({ credentials: 'omit' })
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  expect(clock.pending()).toBe(0)
})
