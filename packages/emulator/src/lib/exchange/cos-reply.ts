import type { ByteSource } from './cos-request.ts'

/** A reply before it goes over a wire. Header names keep COS's spelling. */
export interface CosReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | ByteSource | null
  /** Set when the request was answered before its body was read to the end: the connection cannot be used again. */
  readonly close?: boolean
}

export function emptyReply(status: number, headers: Readonly<Record<string, string>> = {}): CosReply {
  return { status, headers: { 'Content-Length': '0', ...headers }, body: null }
}

const encoder = new TextEncoder()

export function xmlReply(status: number, xml: string, headers: Readonly<Record<string, string>> = {}): CosReply {
  const body = encoder.encode(xml)
  return { status, headers: { 'Content-Type': 'application/xml', 'Content-Length': String(body.length), ...headers }, body }
}
