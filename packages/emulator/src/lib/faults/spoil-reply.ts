import type { CosReply } from '../exchange/cos-reply.ts'
import { derivedBytes } from '../exchange/derived-bytes.ts'
import { ConnectionCut } from './connection-cut.ts'

const EXPOSE = 'access-control-expose-headers'

/** Without the headers that let a page read the reply. */
export function withoutCors(reply: CosReply): CosReply {
  const kept = Object.entries(reply.headers).filter(([name]) => !name.toLowerCase().startsWith('access-control-'))
  return { ...reply, headers: Object.fromEntries(kept) }
}

/** The headers are there, and a page may not read them. */
export function hideHeaders(reply: CosReply, names: readonly string[]): CosReply {
  const hidden = new Set(names.map((name) => name.toLowerCase()))
  const headers = Object.entries(reply.headers).flatMap(([name, value]) => {
    if (name.toLowerCase() !== EXPOSE) return [[name, value] as const]
    const exposed = value.split(',').filter((header) => !hidden.has(header.trim().toLowerCase()))
    return exposed.length === 0 ? [] : [[name, exposed.join(',')] as const]
  })
  return { ...reply, headers: Object.fromEntries(headers) }
}

async function* firstBytes(body: AsyncIterable<Uint8Array> | readonly Uint8Array[], count: number): AsyncGenerator<Uint8Array, void, undefined> {
  let left = count
  for await (const chunk of body) {
    if (chunk.length > left) {
      if (left > 0) yield chunk.subarray(0, left)
      throw new ConnectionCut(`truncated-reply after ${count} bytes`)
    }
    left -= chunk.length
    yield chunk
  }
}

/** Ends early what Content-Length promises. @throws {ConnectionCut} when there is no body to end early */
export function cutReply(reply: CosReply, afterBytes: number): CosReply {
  const { body } = reply
  if (body === null || (ArrayBuffer.isView(body) && body.length === 0)) throw new ConnectionCut('truncated-reply without a body')
  return { ...reply, body: derivedBytes(body, (chunks) => firstBytes(chunks, afterBytes)), close: true }
}
