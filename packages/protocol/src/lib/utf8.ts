// Made with the first text: Jest's jsdom has none, and a page that uploads nothing there is to render.
let made: TextEncoder | undefined
const encoder = (): TextEncoder => (made ??= new TextEncoder())

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder().encode(text)
}

const short = new Uint8Array(1024)

/** Bytes, or those of a text, for use at once: of a short text a view that the next call overwrites, which spares hashing its costliest allocation. */
export function bytesBriefly(data: string | Uint8Array): Uint8Array {
  if (typeof data !== 'string') return data
  return data.length * 3 > short.length ? utf8(data) : short.subarray(0, encoder().encodeInto(data, short).written)
}

/** Length of a text in UTF-8 bytes: what COS's limits count. */
export function utf8Length(text: string): number {
  return encoder().encode(text).length
}
