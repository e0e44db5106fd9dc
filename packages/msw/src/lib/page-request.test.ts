import { createEmulator, type CorsRuleInput } from '@cosdrop/emulator'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { bucketOrigin } from '../../../emulator/src/lib/testing/signed-request.ts'
import { cosHandlers } from './cos-handlers.ts'
import { policyHandlers } from './policy-handlers.ts'

const rule: CorsRuleInput = { allowedOrigins: ['http://localhost:3000'], allowedMethods: ['POST'] }
const emulator = createEmulator({ config: { buckets: [{ name: 'examplebucket-1250000000', cors: [rule] }] } })
const server = setupServer(...cosHandlers({ emulator }))
beforeAll(() => server.listen())
afterEach(() => vi.unstubAllGlobals())
afterAll(() => server.close())

/** As happy-dom's reach MSW: without the headers that the fetch standard forbids, which preflights are made of. */
async function ask(page: string, method: string, given: Readonly<Record<string, string>> = {}): Promise<(number | string | null)[]> {
  vi.stubGlobal('location', new URL(page))
  const { status, headers } = await fetch(`${bucketOrigin}/`, { method, headers: given })
  return [status, headers.get('access-control-allow-origin')]
}

it('uploads of an app tested in happy-dom, which checks CORS and drops what that goes by, are allowed', async () => {
  expect(await ask('http://localhost:3000/upload', 'OPTIONS')).toEqual([200, 'http://localhost:3000'])
  expect(await ask('http://localhost:3000/upload', 'POST')).toEqual([400, 'http://localhost:3000'])
})

it("a page that the bucket's rules do not allow is refused there as well", async () => {
  expect(await ask('http://127.0.0.1:3000/', 'OPTIONS')).toEqual([403, null])
})

it('a test that names an origin of its own is answered for that one', async () => {
  expect(await ask('http://127.0.0.1:3000/', 'POST', { Origin: 'http://localhost:3000' })).toEqual([400, 'http://localhost:3000'])
})

it('a page of no origin, and no page, say none', async () => {
  expect(await ask('about:blank', 'OPTIONS')).toEqual([403, null])
  vi.unstubAllGlobals()
  expect((await fetch(`${bucketOrigin}/`, { method: 'OPTIONS' })).status).toBe(403)
  expect(emulator.service.log.entries().filter(({ origin }) => origin === 'null')).toEqual([])
})

it.each([
  [
    'Safari, where nobody can walk through a stream',
    (body: ReadableStream) => Object.defineProperty(body, Symbol.asyncIterator, { value: undefined }),
  ],
  ['Firefox, where a request has no stream', () => undefined],
])('a page in %s gets its policies', async (_browser, streamOf) => {
  const [handler] = policyHandlers({ url: 'https://app.test/policy' })
  const request = new Request('https://app.test/policy', { method: 'POST', body: JSON.stringify({ files: [{ name: 'a.png', type: '', size: 1 }] }) })
  // MSW hands its handlers the one and keeps the other.
  const both = [request, request.clone()].map((one) => Object.defineProperty(one, 'body', { value: streamOf(one.body!), configurable: true }))
  vi.spyOn(request, 'clone').mockReturnValue(both[1]!)
  const result = await handler?.run({ request, requestId: '1' })
  expect(result?.response?.status).toBe(200)
})
