import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Handler } from '../handler/serve.ts'
import { discardRest } from './discard-rest.ts'

/** A request of `node:http`, and what frameworks on top of it add. */
interface NodeRequest extends IncomingMessage {
  /** Express and Connect: the path before a mounted router took its part off. */
  readonly originalUrl?: string
  /** Set by body parsers (express.json, Fastify), which have then read the stream to its end. */
  readonly body?: unknown
}

export type NodeHandler = (request: NodeRequest, response: ServerResponse) => Promise<void>

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(at, at + 2)
    // HTTP/2's pseudo headers are no headers.
    if (!name.startsWith(':')) headers.append(name, value)
  }
  return headers
}

function streamOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = request[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next: IteratorResult<Buffer | string> = await chunks.next()
      if (next.done === true) controller.close()
      // Text, where somebody has set an encoding.
      else controller.enqueue(Buffer.from(next.value))
    },
    async cancel() {
      await chunks.return?.()
    },
  })
}

function bodyOf(request: NodeRequest): BodyInit | null {
  const { method = 'GET', body } = request
  if (method === 'GET' || method === 'HEAD') return null
  if (typeof body === 'string' || body instanceof Uint8Array) return new Uint8Array(Buffer.from(body))
  if (body !== undefined && body !== null && request.readableEnded) return JSON.stringify(body)
  return streamOf(request)
}

async function send(reply: Response, incoming: NodeRequest, response: ServerResponse): Promise<void> {
  response.statusCode = reply.status
  for (const [name, value] of reply.headers) response.appendHeader(name, value)
  const bytes = Buffer.from(await reply.arrayBuffer())
  if (!incoming.complete && bytes.length > 0) {
    // With its length known the client has the reply whole before the response ends.
    response.setHeader('Content-Length', bytes.length).write(bytes)
    await discardRest(incoming)
    response.end()
  } else response.end(bytes)
}

function toRequest(incoming: NodeRequest, signal: AbortSignal): Request {
  const scheme = 'encrypted' in incoming.socket && incoming.socket.encrypted === true ? 'https' : 'http'
  const url = new URL(incoming.originalUrl ?? incoming.url ?? '/', `${scheme}://${incoming.headers.host ?? 'localhost'}`)
  const body = bodyOf(incoming)
  return new Request(url, { method: incoming.method ?? 'GET', headers: headersOf(incoming), body, signal, ...(body !== null && { duplex: 'half' }) })
}

/**
 * Runs a handler on `node:http`, and so in Express, Connect, Fastify and Koa: see the README for each. Never rejects: a request that cannot
 * be read to its end, or a client that has gone, ends with its connection.
 */
export function toNodeHandler(handler: Handler): NodeHandler {
  return async (incoming, response) => {
    const aborted = new AbortController()
    response.once('close', () => aborted.abort())
    try {
      await send(await handler(toRequest(incoming, aborted.signal)), incoming, response)
    } catch (error) {
      response.destroy(error instanceof Error ? error : undefined)
    }
  }
}
