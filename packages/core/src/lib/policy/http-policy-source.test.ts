import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttpPolicySource } from './http-policy-source.ts'
import type { PolicyRequest } from './policy-source.ts'

const post = { url: 'https://b-1.cos.r.myqcloud.com/', fields: { key: 'k' }, expiresAt: '2026-01-01T00:15:00Z' }
const good = { serverTime: '2026-01-01T00:00:00Z', posts: [post] }
const request: PolicyRequest = { files: [{ name: 'a', type: 'text/plain', size: 1 }], context: { album: 3 } }

let server: Server
let url = ''
let answer: { status?: number; headers?: Record<string, string>; body: string } = { body: '' }
const seen: { method: string | undefined; headers: Record<string, string | string[] | undefined>; body: string }[] = []

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    let body = ''
    incoming.setEncoding('utf8').on('data', (chunk) => (body += chunk))
    incoming.on('end', () => {
      seen.push({ method: incoming.method, headers: incoming.headers, body })
      outgoing.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/api/policy`
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

async function ask(to = url): Promise<unknown> {
  return createHttpPolicySource(to)(request, { signal: new AbortController().signal }).catch((error: unknown) => error)
}

test('the endpoint is asked with JSON, and its posts are handed on', async () => {
  answer = { body: JSON.stringify({ ...good, posts: [{ ...post, receipt: 'r' }] }) }
  expect(await ask()).toEqual({ ...good, posts: [{ ...post, receipt: 'r' }] })
  expect(seen.at(-1)).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } })
  expect(JSON.parse(seen.at(-1)!.body)).toEqual(request)
})

test('cookies go to an endpoint of another origin where the app says so', async () => {
  let credentials: unknown
  const fetch = async (_url: string, init: RequestInit): Promise<Response> => ((credentials = init.credentials), Response.json(good))
  await createHttpPolicySource(url, { credentials: 'include', fetch })(request, { signal: new AbortController().signal })
  expect(credentials).toBe('include')
})

test('headers of the app go with each request, made anew when they are a function', async () => {
  answer = { body: JSON.stringify(good) }
  let token = 0
  const source = createHttpPolicySource(url, { headers: async () => ({ authorization: `Bearer ${(token += 1)}` }) })
  const { signal } = new AbortController()
  await source(request, { signal })
  await source(request, { signal })
  expect(seen.at(-1)?.headers['authorization']).toBe('Bearer 2')
})

const noTime = 'not an ISO 8601 time with its zone, as "2026-01-01T00:00:00Z"'

describe('every way of failing has its own typed error that says what to do', () => {
  test('nobody answers', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const address = closed.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise((resolve) => closed.close(resolve))
    const error = await ask(`http://127.0.0.1:${port}/`)
    expect(error).toMatchObject({ code: 'policy-unreachable', details: { status: null, retryAfter: null } })
    expect(String(error)).toMatch(/Check that the server runs/)
    expect(String(error)).toMatch(/Content-Security-Policy \(connect-src\)/)
  })

  test.each([500, 502, 429])('%d', async (status) => {
    answer = { status, body: 'oops', headers: { 'retry-after': '3' } }
    expect(await ask()).toMatchObject({ code: 'policy-unreachable', details: { url, status, retryAfter: 3 } })
  })

  test('an answer that was cut off before its body: Chromium takes that for a whole one over plain http', async () => {
    answer = { body: '' }
    const error = await ask()
    expect(error).toMatchObject({ code: 'policy-unreachable', details: { status: null } })
    // Of an endpoint that always answers so, it is no matter of the network.
    expect(String(error)).toMatch(/gave no answer \(.*JSON.*\)\. Check that the server runs and answers JSON/)
    answer = { status: 403, body: '' }
    expect(await ask()).toMatchObject({ code: 'policy-refused', details: { status: 403 } })
    answer = { status: 204, body: '' }
    expect(await ask()).toMatchObject({ code: 'policy-malformed', details: { status: 204 } })
  })

  test('a refusal, with the server’s own code and message', async () => {
    answer = { status: 403, body: JSON.stringify({ error: { code: 'quota-exceeded', message: 'Your 5 GB are used up.' } }) }
    const error = await ask()
    expect(error).toMatchObject({
      code: 'policy-refused',
      details: { status: 403, serverCode: 'quota-exceeded', serverMessage: 'Your 5 GB are used up.' },
    })
    expect(String(error)).toContain("quota-exceeded: Your 5 GB are used up. Your server's rules")
  })

  test('a refusal without a reason', async () => {
    answer = { status: 404, body: '<html>' }
    expect(await ask()).toMatchObject({ code: 'policy-refused', details: { status: 404, serverCode: null, serverMessage: null } })
  })

  test.each([404, 405])('%d, as of a wrong address: nobody’s rules', async (status) => {
    answer = { status, body: 'Not found' }
    expect(String(await ask())).toMatch(/Check its address, and that it takes POST\.$/)
    answer = { status, body: JSON.stringify({ error: { code: 'album-gone', message: 'There is no such album.' } }) }
    expect(String(await ask())).toMatch(/There is no such album\. Your server's rules decide this\.$/)
  })

  test('HTML instead of JSON', async () => {
    answer = { body: '<!doctype html><title>Log in</title>', headers: { 'content-type': 'text/html' } }
    const error = await ask()
    expect(error).toMatchObject({ code: 'policy-malformed', details: { status: 200 } })
    expect(String(error)).toMatch(/HTML instead of JSON/)
  })

  test.each<[string, unknown]>([
    ['"serverTime" is missing', { posts: [post] }],
    [`"serverTime" is ${noTime}`, { ...good, serverTime: 'noon' }],
    // Python's `utcnow().isoformat()`: another time for each visitor.
    [`"serverTime" is ${noTime}`, { ...good, serverTime: good.serverTime.replace('Z', '') }],
    [`"posts[0].expiresAt" is ${noTime}`, { ...good, posts: [{ ...post, expiresAt: post.expiresAt.replace('Z', '') }] }],
    ['"posts" is missing', { serverTime: good.serverTime }],
    ['it has 0 posts for 1 files', { ...good, posts: [] }],
    ['"posts[0]" is not an object', { ...good, posts: [null] }],
    ['"posts[0].url" is missing', { ...good, posts: [{ ...post, url: undefined }] }],
    [
      '"posts[0].fields" is not an object of strings (null for a bucket that needs no signature)',
      { ...good, posts: [{ ...post, fields: { key: 1 } }] },
    ],
    ['"posts[0].expiresAt" is missing', { ...good, posts: [{ ...post, expiresAt: undefined }] }],
    ['"posts[0].expiresAt" is not later than "serverTime"', { ...good, posts: [{ ...post, expiresAt: good.serverTime }] }],
    ['it is not a JSON object', [good]],
  ])('%s', async (problem, body) => {
    answer = { body: JSON.stringify(body) }
    const error = await ask()
    expect(error).toMatchObject({ code: 'policy-malformed', details: { url, problem } })
    expect(String(error)).toContain(problem)
  })

  test('an aborted request rejects with the reason and not with an upload error', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(createHttpPolicySource(url)(request, { signal: controller.signal })).rejects.toBe(reason)
  })
})

test.each(['2026-01-01T08:00:00+08:00', '2026-01-01T08:00:00+0800', 'Thu, 01 Jan 2026 00:00:00 GMT'])(
  '%s is a time with its zone',
  async (serverTime) => {
    answer = { body: JSON.stringify({ ...good, serverTime, posts: [{ ...post, expiresAt: '2026-01-01T00:15:00Z' }] }) }
    expect(await ask()).toMatchObject({ serverTime })
  },
)

test('fields may be null for a bucket that needs no signature', async () => {
  answer = { body: JSON.stringify({ ...good, posts: [{ url: post.url, fields: null, expiresAt: post.expiresAt }] }) }
  expect(await ask()).toMatchObject({ posts: [{ fields: null }] })
})

test('an endpoint that ran out of time (408), or says with a date when to come back, is asked again', async () => {
  answer = { status: 408, body: '' }
  expect(await ask()).toMatchObject({ code: 'policy-unreachable', details: { status: 408 } })
  answer = { status: 503, headers: { 'Retry-After': 'Wed, 21 Oct 2026 07:29:00 GMT', Date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, body: '' }
  expect(await ask()).toMatchObject({ code: 'policy-unreachable', details: { retryAfter: 60 } })
})

test('who asked too often, and is told by a gateway that has no words for it, is not sent to a log', async () => {
  answer = { status: 429, headers: { 'retry-after': '38' }, body: '' }
  const error = await ask()
  expect(String(error)).toMatch(/answered 429\. Try again later/)
  expect(String(error)).not.toMatch(/log/)
})

test('who asked too often is told in the words of the endpoint when to try again', async () => {
  const message = 'Too many uploads in a short time. Try again in 38 seconds.'
  answer = { status: 429, headers: { 'retry-after': '38' }, body: JSON.stringify({ error: { code: 'rate-limited', message } }) }
  const error = await ask()
  expect(error).toMatchObject({ code: 'policy-unreachable', details: { status: 429, retryAfter: 38 } })
  expect(String(error)).toContain(message)
})
