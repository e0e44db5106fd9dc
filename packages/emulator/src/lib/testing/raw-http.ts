import { connect, type Socket } from 'node:net'
import type { WireReply, WireRequest } from '../conformance/conformance-case.ts'
import { joinBytes } from './multipart-body.ts'

// TextDecoder's latin1 is windows-1252, which is another thing.
function byteString(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

/** The request's head, to the byte, as a client would write it. */
export function headOf({ method, target, host, headers, body, declaredLength }: WireRequest): string {
  const length =
    declaredLength === 'none'
      ? ['Transfer-Encoding: chunked']
      : body === null && declaredLength === undefined
        ? []
        : [`Content-Length: ${declaredLength ?? body?.length ?? 0}`]
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...own, ...length, ...('Connection' in headers ? [] : ['Connection: close']), '', ''].join(
    '\r\n',
  )
}

/** Reads what a server sends until it closes. */
export function readToEnd(socket: Socket): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    socket.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    socket.on('end', () => resolve(joinBytes(chunks)))
    socket.on('error', reject)
  })
}

export function parseReply(bytes: Uint8Array): WireReply & { readonly statusLine: string } {
  const end = byteString(bytes).indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = byteString(bytes.subarray(0, end)).split('\r\n')
  const headers = new Headers()
  for (const line of lines) {
    const [name = '', value = ''] = line.split(/:\s*(.*)/s)
    headers.append(name, value)
  }
  const [, status = '0', statusText = ''] = /^HTTP\/1\.1 (\d{3}) (.*)$/.exec(statusLine) ?? []
  return { statusLine, status: Number(status), statusText, headers, body: bytes.subarray(end + 4) }
}

/** Sends one request over a socket of its own. A body that is shorter than declared is followed by the end of the stream. */
export async function sendRaw(port: number, request: WireRequest): Promise<WireReply & { readonly statusLine: string }> {
  const socket = connect(port, '127.0.0.1')
  const reply = readToEnd(socket)
  socket.write(headOf(request))
  if (request.declaredLength === 'none') socket.write(`${(request.body?.length ?? 0).toString(16)}\r\n`)
  if (request.body !== null) socket.write(request.body)
  if (request.declaredLength === 'none') socket.write('\r\n0\r\n\r\n')
  if (typeof request.declaredLength === 'number') socket.end()
  return parseReply(await reply)
}
