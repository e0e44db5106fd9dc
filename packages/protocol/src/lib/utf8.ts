const encoder = new TextEncoder()

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** Length of a text in UTF-8 bytes: what COS's limits count. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length
}
