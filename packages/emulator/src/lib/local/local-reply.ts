import type { CosReply } from '../exchange/cos-reply.ts'

const encoder = new TextEncoder()

/** A reply of the emulator itself, which is none of COS's: it has no request id. Never cached, never sniffed. */
export function textReply(status: number, contentType: string, text: string, headers: Readonly<Record<string, string>> = {}): CosReply {
  const body = encoder.encode(text)
  const own = { 'Content-Type': contentType, 'Content-Length': String(body.length), 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
  return { status, headers: { ...own, ...headers }, body }
}

export function plainReply(status: number, sentence: string): CosReply {
  return textReply(status, 'text/plain; charset=utf-8', `${sentence}\n`)
}

export function jsonReply(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): CosReply {
  return textReply(status, 'application/json', `${JSON.stringify(value, null, 2)}\n`, headers)
}
