/** One part of a form, as a test writes it. */
export interface PartToWrite {
  readonly name: string
  readonly value: string | Uint8Array
  readonly filename?: string
  readonly contentType?: string
}

const encoder = new TextEncoder()

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** The framing of the official page's samples, byte for byte (facts 1.18). */
export function multipartBody(boundary: string, parts: readonly PartToWrite[]): Uint8Array<ArrayBuffer> {
  const pieces = parts.flatMap(({ name, value, filename, contentType }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`
    const type = contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${type}\r\n`
    return [encoder.encode(head), typeof value === 'string' ? encoder.encode(value) : value, encoder.encode('\r\n')]
  })
  return joinBytes([...pieces, encoder.encode(`--${boundary}--\r\n`)])
}

/** Cuts bytes into chunks of the given lengths, over and over; the rest is the last chunk. */
export function* inChunks(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array<ArrayBuffer>> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const end = at + Math.max(1, lengths[turn % lengths.length] ?? bytes.length)
    yield bytes.slice(at, end)
    at = end
  }
}
