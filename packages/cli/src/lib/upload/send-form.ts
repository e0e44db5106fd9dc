import { once } from 'node:events'
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { multipartFrame } from './multipart-frame.ts'

/** A form whose file is read while it is sent. */
export interface FormToSend {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
  readonly filename: string
  /** Bytes of the file. */
  readonly size: number
  readonly chunks: AsyncIterable<Uint8Array>
  readonly signal: AbortSignal
  /** Called with each chunk before it is sent. */
  readonly onChunk: (chunk: Uint8Array) => void
  /** Bytes of the file that the network has taken. */
  readonly onSent: (bytes: number) => void
}

export interface FormReply {
  readonly status: number
  readonly header: (name: string) => string | null
  readonly body: string
}

/** The file became shorter or longer while it was sent. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError'
}

async function readReply(response: IncomingMessage): Promise<FormReply> {
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name.toLowerCase()]
      return typeof value === 'string' ? value : null
    },
    body: await text(response),
  }
}

async function sendBody(request: ClientRequest, form: FormToSend, head: Uint8Array, tail: Uint8Array, answered: AbortSignal): Promise<void> {
  request.write(head)
  let sent = 0
  for await (const chunk of form.chunks) {
    form.onChunk(chunk)
    sent += chunk.length
    if (sent > form.size) break
    // COS answers a refusal before the body has ended; the rest would be sent for nothing.
    if (!request.write(chunk)) await once(request, 'drain', { signal: answered })
    form.onSent(sent)
  }
  if (sent !== form.size) throw new FileChangedError(`The file had ${form.size} bytes when the upload began.`)
  // An empty file is out with its form; of one that was stopped before, this is never called.
  request.end(tail, () => form.onSent(sent))
}

/**
 * Posts a form with its length told beforehand: COS takes no chunked bodies (411 MissingContentLength). Holds one chunk at a time in memory.
 * Resolves with whatever was answered; rejects when nothing was.
 */
export async function sendForm(form: FormToSend): Promise<FormReply> {
  const { contentType, head, tail } = multipartFrame(Object.entries(form.fields), form.filename, `cosdrop-${randomUUID()}`)
  const start = new URL(form.url).protocol === 'https:' ? httpsRequest : httpRequest
  const request = start(form.url, {
    method: 'POST',
    // Closed behind the reply. An agent of its own would do that too, but only the global one knows the proxy of NODE_USE_ENV_PROXY.
    headers: { 'Content-Type': contentType, 'Content-Length': head.length + form.size + tail.length, Connection: 'close' },
    signal: form.signal,
  })
  const answered = new AbortController()
  const reply = new Promise<FormReply>((resolve, reject) => {
    request.once('response', (response) => {
      answered.abort()
      readReply(response).then(resolve, reject)
    })
    request.on('error', (error) => {
      // A refused upload's connection breaks behind the answer that was already read.
      if (!answered.signal.aborted) reject(error)
      answered.abort()
    })
  })
  // It may fail while the body is still being sent, before anybody waits for it.
  reply.catch(() => undefined)
  try {
    await sendBody(request, form, head, tail, answered.signal)
  } catch (error) {
    if (!answered.signal.aborted) {
      request.destroy()
      throw error
    }
  }
  try {
    return await reply
  } finally {
    request.destroy()
  }
}
