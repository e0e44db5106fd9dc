import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CosReply } from '../exchange/cos-reply.ts'
import type { CosRequest } from '../exchange/cos-request.ts'
import { readContentLength } from '../exchange/fetch-adapter.ts'
import type { NodeBody } from './node-body.ts'

export function nodeRequest(message: IncomingMessage, body: NodeBody): CosRequest {
  const headers = new Headers()
  for (const [name, values] of Object.entries(message.headersDistinct)) for (const value of values ?? []) headers.append(name, value)
  // Such a client reads to the end of the connection, unless it asks for another way (RFC 9112 §9.3).
  if (message.httpVersion === '1.0' && !/\bkeep-alive\b/i.test(headers.get('connection') ?? '')) headers.set('connection', 'close')
  return {
    method: message.method ?? 'GET',
    target: originForm(message.url ?? '/'),
    host: message.headers.host ?? '',
    headers,
    contentLength: readContentLength(headers.get('content-length')),
    lengthRequired: true,
    remote: isLoopback(message.socket.remoteAddress) ? 'loopback' : 'elsewhere',
    body,
  }
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (/^(?:::ffff:)?127\./.test(address) || address === '::1')
}

/** A proxy's client sends the whole URL. */
function originForm(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*\/?/i, '/')
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve()
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}

async function writeBody(response: ServerResponse, body: CosReply['body']): Promise<void> {
  if (body === null) return
  if (ArrayBuffer.isView(body)) {
    response.write(body)
    return
  }
  const iterator = body[Symbol.asyncIterator]()
  try {
    while (!response.destroyed) {
      const { done, value } = await iterator.next()
      if (done === true) return
      if (!response.write(value)) await drained(response)
    }
  } finally {
    await iterator.return?.()
  }
}

/**
 * Writes head and body, and leaves the response open: with its length known, the client has it whole. A head without a body goes out
 * with `end` (`flushHeaders` would write its bytes as UTF-8 once more).
 */
export async function writeReply(response: ServerResponse, reply: CosReply): Promise<void> {
  // COS sends no reason phrase but this one (facts 1.11).
  response.writeHead(reply.status, reply.status === 303 ? 'Redirect' : '', { ...reply.headers })
  await writeBody(response, reply.body)
}
