import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { utf8 } from '../utf8.ts'

function bytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? utf8(data) : data
}

/** Lower-case hex. */
export function sha1Hex(data: string | Uint8Array): string {
  return bytesToHex(sha1(bytes(data)))
}

/** Lower-case hex. COS uses hex text, not bytes, wherever one digest feeds another. */
export function hmacSha1Hex(key: string, message: string | Uint8Array): string {
  return bytesToHex(hmac(sha1, utf8(key), bytes(message)))
}

/** HMAC-SHA1 with one key for many messages: the key's state is kept, which halves the work of short messages. */
export function keyedHmacSha1Hex(key: string): (message: string | Uint8Array) => string {
  const keyed = hmac.create(sha1, utf8(key))
  return (message) => bytesToHex(keyed.clone().update(bytes(message)).digest())
}

/** SHA-1 of many texts that begin alike: the beginning is hashed once. */
export function prefixedSha1Hex(prefix: string): (rest: string) => string {
  const begun = sha1.create().update(utf8(prefix))
  return (rest) => bytesToHex(begun.clone().update(utf8(rest)).digest())
}
