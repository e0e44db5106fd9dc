import { utf8 } from './utf8.ts'

// oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/

function binaryString(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

export function base64OfBytes(bytes: Uint8Array): string {
  return btoa(binaryString(bytes))
}

/** Base64 of the UTF-8 bytes. The ASCII path matters: the general one costs as much as signing does. */
export function base64OfText(text: string): string {
  return ASCII.test(text) ? btoa(text) : base64OfBytes(utf8(text))
}

/**
 * The bytes of a canonical Base64 text (padded, no white space, no stray bits), else `null`. One text for one value: whether COS takes
 * other spellings is not documented, and a second spelling of a signed policy is of no use to anybody honest.
 */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | null {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    return null
  }
  if (btoa(binary) !== text) return null
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
