const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/

/** Whether a text would split or break a header. */
export function hasControl(text: string): boolean {
  return CONTROL.test(text)
}

/** A text as header bytes: UTF-8, one character for each byte, as both `Headers` and Node's server want it. */
export function toHeaderBytes(text: string): string {
  let bytes = ''
  for (const byte of encoder.encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}

/** The text of header bytes when they are UTF-8, else what they are. */
export function fromHeaderBytes(bytes: string): string {
  try {
    return decoder.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
  } catch {
    return bytes
  }
}
