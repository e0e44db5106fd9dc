import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { Readable, Writable } from 'node:stream'
import type { Handler } from '../handler/serve.ts'
import { CosServerError } from '../server-error.ts'
import { discardRest } from './discard-rest.ts'

/** What frameworks add to a request. */
interface FrameworkRequest {
  /** Express and Connect: the path before a mounted router took its part off. */
  readonly originalUrl?: string
  /** Set by body parsers (express.json), which have then read the stream to its end. */
  readonly body?: unknown
}

type NodeRequest = (IncomingMessage | Http2ServerRequest) & FrameworkRequest

/** For `node:http`, `node:https` and `node:http2`. */
export type NodeHandler = (request: NodeRequest, response: ServerResponse | Http2ServerResponse) => Promise<void>

function headersOf(request: NodeRequest): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(at, at + 2)
    // HTTP/2's pseudo headers are no headers.
    if (!name.startsWith(':')) headers.append(name, value)
  }
  return headers
}

function streamOf(request: Readable, gone: AbortController): ReadableStream<Uint8Array> {
  // What is given up on is still to be read to its end, see discardRest.
  const chunks = request.iterator({ destroyOnReturn: false })
  // Read by somebody else: an empty body would be blamed on the page.
  const isTaken = request.readableEnded
  return new ReadableStream({
    async pull(controller) {
      if (isTaken) {
        throw new CosServerError(
          'unsupported',
          'The body was read before this handler got the request. Mount it before the body parser, or give it the parsed body as request.body.',
          { reason: 'body-taken' },
        )
      }
      const next: IteratorResult<Buffer | string> = await chunks.next().catch((cause: unknown) => {
        gone.abort(cause)
        // The reason, since the connection may have told its end first: a handler knows by it that nothing is wrong with itself.
        throw gone.signal.reason
      })
      if (next.done === true) controller.close()
      // Text, where somebody has set an encoding.
      else controller.enqueue(Buffer.from(next.value))
    },
    async cancel() {
      await chunks.return?.()
    },
  })
}

function bodyOf(request: NodeRequest, gone: AbortController): BodyInit | null {
  const { method = 'GET', body } = request
  if (method === 'GET' || method === 'HEAD') return null
  if (typeof body === 'string' || body instanceof Uint8Array) return new Uint8Array(Buffer.from(body))
  if (body !== undefined && body !== null && request.readableEnded) return JSON.stringify(body)
  return streamOf(request, gone)
}

async function send(reply: Response, incoming: NodeRequest, response: ServerResponse | Http2ServerResponse): Promise<void> {
  const body: Writable = response
  response.statusCode = reply.status
  for (const [name, value] of reply.headers) {
    // Beside another value a browser takes neither, as with two origins; only of these may there be several.
    if (name === 'vary' || name === 'set-cookie') response.appendHeader(name, value)
    else response.setHeader(name, value)
  }
  const bytes = Buffer.from(await reply.arrayBuffer())
  if (!incoming.complete) {
    // With its length known the client has the reply whole before the response ends; a 204 has none (RFC 9110 §8.6).
    if (reply.status !== 204) response.setHeader('Content-Length', bytes.length)
    if (bytes.length > 0) body.write(bytes)
    else if ('flushHeaders' in response) response.flushHeaders()
    await discardRest(incoming)
    body.end()
  } else body.end(bytes)
}

function toRequest(incoming: NodeRequest, gone: AbortController): Request {
  const scheme = 'encrypted' in incoming.socket && incoming.socket.encrypted === true ? 'https' : 'http'
  // HTTP/2 has it in a pseudo header. An old health check sends none, or an empty one.
  const host = 'authority' in incoming ? incoming.authority : incoming.headers.host
  const target = incoming.originalUrl ?? incoming.url ?? '/'
  const origin = `${scheme}://${host || 'localhost'}`
  // Read relative to the origin, `//www.example.com/` would name another one, and whose pages are its own goes by that.
  const url = target.startsWith('/') ? new URL(origin + target) : new URL(target, origin)
  const body = bodyOf(incoming, gone)
  return new Request(url, {
    method: incoming.method ?? 'GET',
    headers: headersOf(incoming),
    body,
    signal: gone.signal,
    ...(body !== null && { duplex: 'half' }),
  })
}

/**
 * Runs a handler on `node:http` and `node:http2`, and so in Express, Connect, Fastify and Koa: see the README for each. Never rejects: a request that cannot
 * be read to its end, or a client that has gone, ends with its connection.
 */
export function toNodeHandler(handler: Handler): NodeHandler {
  return async (incoming, response) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    try {
      await send(await handler(toRequest(incoming, gone)), incoming, response)
    } catch (error) {
      response.destroy(error instanceof Error ? error : undefined)
    }
  }
}
