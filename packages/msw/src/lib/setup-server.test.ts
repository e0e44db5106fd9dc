import { createEmulator, type Emulator } from '@cosdrop/emulator'
import { setupServer } from 'msw/node'
// The whole module: MSW replaces its `request`, and a name imported alone would still be Node's own.
import http, { STATUS_CODES } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { conformanceCases } from '../../../emulator/src/lib/conformance/all-cases.ts'
import { NOW, type ConformanceCase, type WireReply, type WireRequest } from '../../../emulator/src/lib/conformance/conformance-case.ts'
import { problemsOf } from '../../../emulator/src/lib/conformance/run-case.ts'
import { LeapingClock } from '../../../emulator/src/lib/testing/manual-clock.ts'
import { bucketOrigin, signedPost } from '../../../emulator/src/lib/testing/signed-request.ts'
import { cosHandlers } from './cos-handlers.ts'
import { policyHandlers } from './policy-handlers.ts'

const BUCKET = 'examplebucket-1250000000'
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

/** Node's own client: it sends the headers that it is told to, as an HTTP client in a server's tests would. */
function send({ method, target, host, headers, body, declaredLength }: WireRequest): Promise<WireReply> {
  const length = declaredLength === 'none' ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': String(declaredLength ?? body?.length ?? 0) }
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(`http://${host}`)
    const sent = http.request({ hostname, port: port || 80, method, path: target, headers: { ...headers, ...length } }, (message) => {
      const chunks: Uint8Array[] = []
      message.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      message.on('end', () => {
        const replied = new Headers()
        for (const [name, values] of Object.entries(message.headersDistinct)) for (const value of values ?? []) replied.append(name, value)
        resolve({
          status: message.statusCode ?? 0,
          statusText: message.statusMessage === STATUS_CODES[message.statusCode ?? 0] ? '' : (message.statusMessage ?? ''),
          headers: replied,
          body: Buffer.concat(chunks),
        })
      })
    })
    sent.on('error', reject)
    sent.end(body ?? undefined)
  })
}

/** A client that promises more than it sends and hangs up needs a real connection to hang up. */
function hangsUp({ steps }: ConformanceCase): boolean {
  return steps.some(({ request }) => typeof request.declaredLength === 'number' && request.declaredLength > (request.body?.length ?? 0))
}

for (const [topic, cases] of Object.entries(conformanceCases)) {
  describe(`${topic}, by MSW in Node`, () => {
    it.each(cases.filter((one) => !hangsUp(one)))('$name', async (one) => {
      const emulator = createEmulator({ clock: new LeapingClock(NOW), ...(one.config && { config: one.config }) })
      const baseUrls = one.steps.map(({ request }) => `http://${request.host}`)
      server.use(...cosHandlers({ emulator, baseUrls }))
      expect(await problemsOf({ send, storage: emulator.service.storage }, one)).toEqual([])
    })
  })
}

it('leaves out those cases alone that need a real connection', () => {
  const left = Object.values(conformanceCases).flat().filter(hangsUp)
  expect(left.length).toBeLessThan(8)
})

describe("an app's own tests", () => {
  function use(emulator: Emulator): void {
    server.use(...cosHandlers({ emulator }), ...policyHandlers({ url: 'http://app.test/api/cos-policy', emulator }))
  }

  it('get a real policy, and post a real form with it', async () => {
    const emulator = createEmulator()
    use(emulator)
    const asked = await fetch('http://app.test/api/cos-policy', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ files: [{ name: 'a.txt', type: 'text/plain', size: 5 }] }),
    })
    const { posts } = (await asked.json()) as { posts: { url: string; fields: Record<string, string> }[] }
    const [post] = posts
    const form = new FormData()
    for (const [name, value] of Object.entries(post!.fields)) form.append(name, value)
    form.append('file', new Blob(['hello']), 'a.txt')
    const reply = await fetch(post!.url, { method: 'POST', body: form })
    expect([reply.status, reply.headers.get('etag')]).toEqual([204, '"5d41402abc4b2a76b9719d911017c592"'])
    expect(emulator.service.storage.keysOf(BUCKET)).toEqual([post!.fields['key']])
  })

  it('are told when the app sends another size than it asked for', async () => {
    const emulator = createEmulator()
    use(emulator)
    const asked = await fetch('http://app.test/api/cos-policy', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ files: [{ name: 'a.txt', type: 'text/plain', size: 4 }] }),
    })
    const { posts } = (await asked.json()) as { posts: { url: string; fields: Record<string, string> }[] }
    const form = new FormData()
    for (const [name, value] of Object.entries(posts[0]!.fields)) form.append(name, value)
    form.append('file', new Blob(['hello']), 'a.txt')
    const reply = await fetch(posts[0]!.url, { method: 'POST', body: form })
    expect(reply.status).toBe(400)
    expect(await reply.text()).toContain('<Code>EntityTooLarge</Code>')
  })

  it('see a cut connection as a network error, not as a 500', async () => {
    const emulator = createEmulator({ config: { faults: [{ kind: 'reset', when: 'after-store' }] } })
    use(emulator)
    await expect(fetch(signedPost({ key: 'a' }))).rejects.toThrow(TypeError)
    expect(emulator.service.storage.keysOf(BUCKET)).toEqual(['a'])
  })

  it('reach buckets by path below a base URL', async () => {
    server.use(...cosHandlers({ baseUrls: ['http://127.0.0.1:9000'] }))
    expect((await fetch(signedPost({ key: 'a', origin: `http://127.0.0.1:9000/${BUCKET}` }))).status).toBe(204)
    expect((await fetch(signedPost({ key: 'a', origin: bucketOrigin }))).status).toBe(204)
  })

  it('find out about a config that the emulator does not take', () => {
    expect(() => cosHandlers({ config: { buckets: [{ name: 'No Bucket' }] } })).toThrow('buckets[0].name')
  })
})
