import { ClientGone } from '../errors/cos-error.ts'
import type { CosReply } from './cos-reply.ts'
import type { ByteSource, CosRequest } from './cos-request.ts'

async function* bytesOf(request: Request): ByteSource {
  const reader = request.body?.getReader()
  try {
    // A request without a body has no stream of it. In Firefox none has.
    if (reader === undefined) yield new Uint8Array(await request.arrayBuffer())
    while (reader !== undefined) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (cause) {
    throw new ClientGone('The body of the request broke off.', { cause })
  } finally {
    // A refusal needs no more of the body. It is not cancelled: Node's own stream of a FormData then enqueues into what is closed, which
    // is an unhandled rejection in the process of whoever called.
    reader?.releaseLock()
  }
}

/** A decimal length of safe size; `null` for anything else. */
export function readContentLength(header: string | null): number | null {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null
}

export function fetchRequest(request: Request): CosRequest {
  const url = new URL(request.url)
  return {
    method: request.method.toUpperCase(),
    target: `${url.pathname}${url.search}`,
    host: request.headers.get('host') ?? url.host,
    headers: request.headers,
    contentLength: readContentLength(request.headers.get('content-length')),
    // Only a request that says so is known to come without a length.
    lengthRequired: request.headers.has('transfer-encoding'),
    remote: 'in-process',
    body: bytesOf(request),
  }
}

function streamOf(source: ByteSource): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

function bodyOf(body: CosReply['body']): BodyInit | null {
  if (body === null) return null
  return ArrayBuffer.isView(body) ? new Uint8Array(body) : streamOf(body)
}

export function fetchResponse(reply: CosReply): Response {
  const statusText = reply.status === 303 ? 'Redirect' : ''
  return new Response(bodyOf(reply.body), { status: reply.status, statusText, headers: { ...reply.headers } })
}
