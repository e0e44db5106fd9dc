import { once } from 'node:events'
import { createServer, request as httpRequest, type RequestListener } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Handler } from '../handler/serve.ts'
import { createPolicyHandler } from '../handler/policy-handler.ts'
import { demoOptions } from '../testing/demo.ts'
import { toNodeHandler } from './to-node-handler.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

async function listen(listener: RequestListener): Promise<{ readonly url: string; readonly port: number }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, port }
}

const serve = (handler: Handler): ReturnType<typeof listen> => {
  const node = toNodeHandler(handler)
  return listen((request, response) => void node(request, response))
}

const echo: Handler = async (request) =>
  new Response(await request.text(), {
    status: 201,
    headers: { 'X-Method': request.method, 'X-Url': request.url, 'X-Cookie': request.headers.get('Cookie') ?? '' },
  })

describe('on node:http', () => {
  it('the policy endpoint signs, and reads its own limits', async () => {
    const { url } = await serve(createPolicyHandler(demoOptions))
    const reply = await fetch(`${url}/policy`, { method: 'POST', body: JSON.stringify({ files: [{ name: 'a.png', type: '', size: 1 }] }) })
    expect(reply.status).toBe(200)
    expect((await reply.json()).posts).toHaveLength(1)
    expect(await (await fetch(`${url}/policy`)).json()).toHaveProperty('limits')
  })

  it('method, URL, headers, body and status arrive as they are', async () => {
    const { url, port } = await serve(echo)
    const reply = await fetch(`${url}/a/b?c=d`, { method: 'PUT', body: 'x'.repeat(300_000), headers: { Cookie: 'a=1; b=2' } })
    expect(reply.status).toBe(201)
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'x-method': 'PUT',
      'x-url': `http://127.0.0.1:${port}/a/b?c=d`,
      'x-cookie': 'a=1; b=2',
    })
    expect((await reply.text()).length).toBe(300_000)
  })

  it('two cookies of a reply stay two', async () => {
    const { url } = await serve(
      async () =>
        new Response(null, {
          headers: [
            ['Set-Cookie', 'a=1'],
            ['Set-Cookie', 'b=2'],
          ],
        }),
    )
    expect((await fetch(url)).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it('a body arrives though a middleware has set an encoding', async () => {
    const node = toNodeHandler(echo)
    const { url } = await listen((request, response) => void node(request.setEncoding('utf8'), response))
    const signal = AbortSignal.timeout(2000)
    expect(await (await fetch(url, { method: 'POST', body: 'häuser', signal })).text()).toBe('häuser')
  })

  it('a body without a length is limited all the same', async () => {
    const { url } = await serve(createPolicyHandler(demoOptions))
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(url, { method: 'POST' }, (reply) => resolve(reply.resume().statusCode))
      request.on('error', reject)
      request.write(' '.repeat(600_000))
      request.end()
    })
    expect(status).toBe(413)
  })

  it.each<[string, Handler, number, string]>([
    ['', createPolicyHandler(demoOptions), 413, 'request-too-large'],
    [', also without a word', async () => new Response(null, { status: 401 }), 401, ''],
    [', also where no word may be', async () => new Response(null, { status: 204 }), 204, ''],
  ])('a client that sent too much, and pauses, is told so at once%s', async (_how, refuse, status, word) => {
    const { url } = await serve(refuse)
    const request = httpRequest(url, { method: 'POST', signal: AbortSignal.timeout(2000) })
    const answered = once(request, 'response')
    // One byte more than may be sent: whoever reads on waits for the next one.
    request.write(' '.repeat(512 * 1024 + 1))
    const [reply] = await answered
    const text: Buffer[] = []
    for await (const chunk of reply) text.push(chunk)
    expect([reply.statusCode, Buffer.concat(text).toString()]).toEqual([status, expect.stringContaining(word)])
    expect('content-length' in reply.headers).toBe(status !== 204)
    request.destroy()
  })

  it.each<[string, Handler, RegExp]>([
    ['', createPolicyHandler(demoOptions), /^HTTP\/1\.1 413 [^]*request-too-large/],
    [', also without a word', async () => new Response(null, { status: 401 }), /^HTTP\/1\.1 401 /],
  ])('a client that reads nothing before it has sent all learns why its 10 MB were refused%s', async (_how, refuse, expected) => {
    const { port } = await serve(refuse)
    const body = Buffer.alloc(10_000_000, ' ')
    const socket = connect(port, '127.0.0.1')
    socket.pause()
    const sent = new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.write(`POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`)
      socket.write(body, () => resolve())
    })
    await sent
    const reply: Buffer[] = []
    for await (const chunk of socket) reply.push(chunk)
    expect(Buffer.concat(reply).toString()).toMatch(expected)
  })

  it('a health check with an empty Host is answered', async () => {
    const { port } = await serve(createPolicyHandler(demoOptions))
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'))
    const reply: Buffer[] = []
    for await (const chunk of socket) reply.push(chunk)
    expect(Buffer.concat(reply).toString()).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('a client that goes away in the middle of its request does no harm', async () => {
    const seen: unknown[] = []
    const { url, port } = await serve(async (request) => {
      try {
        return new Response(await request.text())
      } catch (error) {
        seen.push(error)
        throw error
      }
    })
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc', () => socket.destroy())
    })
    await new Promise((resolve) => socket.once('close', resolve))
    expect(await (await fetch(url, { method: 'POST', body: 'still here' })).text()).toBe('still here')
    expect(seen).toHaveLength(1)
  })

  it('a handler that is still at work hears that the page has gone', async () => {
    let hear = (): void => {}
    const heard = new Promise<void>((resolve) => (hear = resolve))
    const { url } = await serve((request) => {
      request.signal.addEventListener('abort', hear)
      page.abort()
      return new Promise(() => {})
    })
    const page = new AbortController()
    await expect(fetch(url, { signal: page.signal })).rejects.toThrow('aborted')
    await heard
  })

  it('a page that leaves in the middle of its request is no error for the log', async () => {
    const errors: unknown[] = []
    const policy = createPolicyHandler({ ...demoOptions, onError: (error) => errors.push(error) })
    let tell = (_reply: Response): void => {}
    const answered = new Promise<Response>((resolve) => (tell = resolve))
    const { port } = await serve(async (request) => {
      const reply = await policy(request)
      tell(reply)
      return reply
    })
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc', () => socket.destroy())
    })
    expect((await answered).status).toBe(500)
    expect(errors).toEqual([])
  })

  it('a HEAD is answered, on a connection that serves on', async () => {
    const { url } = await serve(createPolicyHandler(demoOptions))
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    expect((await fetch(url)).status).toBe(200)
  })

  it('a handler that throws ends its connection and no other', async () => {
    const { url } = await serve(async (request) => {
      if (request.url.endsWith('/bad')) throw new Error('a mistake of the app')
      return new Response('good')
    })
    await expect(fetch(`${url}/bad`)).rejects.toThrow('fetch failed')
    expect(await (await fetch(`${url}/good`)).text()).toBe('good')
  })
})

describe('below a framework that has read the body', () => {
  it('takes the JSON that a body parser left', async () => {
    const node = toNodeHandler(createPolicyHandler(demoOptions))
    const { url } = await listen((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const parsed = Object.assign(request, { body: JSON.parse(Buffer.concat(chunks).toString()), originalUrl: '/api/policy' })
        void node(parsed, response)
      })
    })
    const reply = await fetch(url, { method: 'POST', body: JSON.stringify({ files: [{ name: 'a.png', type: '', size: 1 }] }) })
    expect(reply.status).toBe(200)
  })

  it('knows the address that the page asked for, where a mounted router has taken its part off', async () => {
    const node = toNodeHandler(echo)
    const { url } = await listen(
      (request, response) => void node(Object.assign(request, { originalUrl: request.url ?? '', url: '/policy' }), response),
    )
    expect((await fetch(`${url}/api/policy?folder=a`)).headers.get('X-Url')).toBe(`${url}/api/policy?folder=a`)
  })

  it.each([
    ['text', (body: Buffer) => body.toString()],
    ['bytes', (body: Buffer) => body],
  ])('takes the %s that a body parser left', async (_what, leave) => {
    const node = toNodeHandler(echo)
    const { url } = await listen((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => void node(Object.assign(request, { body: leave(Buffer.concat(chunks)) }), response))
    })
    expect(await (await fetch(url, { method: 'POST', body: 'häuser' })).text()).toBe('häuser')
  })

  it('reads a body that a parser has left alone, and put an empty one beside, as that of Express 4 does', async () => {
    const node = toNodeHandler(echo)
    const { url } = await listen((request, response) => void node(Object.assign(request, { body: {} }), response))
    expect(await (await fetch(url, { method: 'POST', body: 'häuser' })).text()).toBe('häuser')
  })

  it('tells the log of a body that another middleware has read and kept, and does not blame the page', async () => {
    const errors: unknown[] = []
    const node = toNodeHandler(createPolicyHandler({ ...demoOptions, onError: (error) => errors.push(error) }))
    const { url } = await listen((request, response) => void request.resume().on('end', () => void node(request, response)))
    const reply = await fetch(url, { method: 'POST', body: JSON.stringify({ files: [{ name: 'a.png', type: '', size: 1 }] }) })
    expect([reply.status, (await reply.json()).error.code]).toEqual([500, 'server-error'])
    expect(errors).toEqual([expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('body parser') })])
  })

  it('answers in headers of its own where a middleware has set the same ones, and keeps what Vary said', async () => {
    const page = 'https://www.example.com'
    const node = toNodeHandler(createPolicyHandler({ ...demoOptions, cors: { origins: [page] } }))
    const { url } = await listen((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Content-Type', 'text/plain').setHeader('Vary', 'Accept-Encoding')
      void node(request, response)
    })
    const { headers } = await fetch(url, { headers: { Origin: page } })
    expect([headers.get('Access-Control-Allow-Origin'), headers.get('Content-Type')]).toEqual([page, 'application/json'])
    expect(headers.get('Vary')).toBe('Accept-Encoding, Origin')
  })
})

describe('over HTTP/2', () => {
  async function ask(
    handler: Handler,
    body: string | null,
    method = body === null ? 'GET' : 'POST',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: unknown; readonly text: string; readonly reset: number; readonly port: number }> {
    const node = toNodeHandler(handler)
    const server = createHttp2Server((request, response) => void node(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => new Promise((resolve) => server.close(() => resolve())))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const client = connectHttp2(`http://127.0.0.1:${port}`)
    closers.push(() => new Promise((resolve) => client.close(resolve)))
    const stream = client.request({ ':path': '/policy', ':method': method, ...headers })
    let status: unknown
    stream.on('response', (headers) => (status = headers[':status']))
    stream.end(body ?? undefined)
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk)
    return { status, text: Buffer.concat(chunks).toString(), reset: stream.rstCode, port }
  }

  it('the policy endpoint tells its limits, signs and refuses', async () => {
    const policy = createPolicyHandler(demoOptions)
    expect((await ask(policy, null)).text).toContain('"limits"')
    expect((await ask(policy, JSON.stringify({ files: [{ name: 'a.png', type: '', size: 1 }] }))).text).toContain('"posts"')
    expect(await ask(policy, ' '.repeat(600_000))).toMatchObject({ status: 413, text: expect.stringContaining('request-too-large') })
  })

  it('what has no body is answered: a preflight, a health check', async () => {
    const policy = createPolicyHandler(demoOptions)
    expect(await ask(policy, null, 'OPTIONS')).toMatchObject({ status: 204, text: '', reset: 0 })
    expect(await ask(policy, null, 'HEAD')).toMatchObject({ status: 200, text: '', reset: 0 })
    expect(await ask(async () => new Response(null, { status: 401 }), ' '.repeat(600_000))).toMatchObject({ status: 401, text: '', reset: 0 })
  })

  it('a handler that throws is told apart from one that has nothing to say', async () => {
    const failed = ask(() => Promise.reject(new Error('a mistake of the app')), null)
    await expect(failed).rejects.toMatchObject({ code: 'ERR_HTTP2_STREAM_ERROR' })
  })

  it('the handler is told the host that was asked', async () => {
    const { text, port } = await ask(async (request) => new Response(request.url), null)
    expect(text).toBe(`http://127.0.0.1:${port}/policy`)
  })

  it('no path makes another origin the own one, whose pages would be let in', async () => {
    const policy = createPolicyHandler(demoOptions)
    const evil = { ':path': '//evil.example/policy', origin: 'https://evil.example' }
    expect(await ask(policy, '{}', 'POST', evil)).toMatchObject({ status: 403, text: expect.stringContaining('origin-refused') })
    const { text, port } = await ask(async (request) => new Response(request.url), null, 'GET', { ':path': '//' })
    expect(text).toBe(`http://127.0.0.1:${port}//`)
  })
})
