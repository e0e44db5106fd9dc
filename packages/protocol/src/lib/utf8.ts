const encoder = new TextEncoder()

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

const short = new Uint8Array(1024)

/** The bytes of a text for use at once: of a short one a view that the next call overwrites, which spares hashing its costliest allocation. */
export function utf8Briefly(text: string): Uint8Array {
  return text.length * 3 > short.length ? utf8(text) : short.subarray(0, encoder.encodeInto(text, short).written)
}

/** Length of a text in UTF-8 bytes: what COS's limits count. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length
}
