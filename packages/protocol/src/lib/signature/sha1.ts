import { _SHA1 as Sha1 } from '@noble/hashes/legacy.js'
import { bytesBriefly, utf8 } from '../utf8.ts'
import { keyedSha1 } from './keyed-sha1.ts'

const decoder = new TextDecoder()
const DIGITS = utf8('0123456789abcdef')

/** The hex text of a digest, as bytes: what the next step hashes. */
function hexBytes(digest: Uint8Array, target: Uint8Array = new Uint8Array(2 * digest.length)): Uint8Array {
  // Counted: the pairs of an iterator would cost five times as much.
  for (let at = 0; at < digest.length; at++) {
    const byte = digest[at] ?? 0
    target[2 * at] = DIGITS[byte >> 4] ?? 0
    target[2 * at + 1] = DIGITS[byte & 15] ?? 0
  }
  return target
}

function hex(digest: Uint8Array): string {
  return decoder.decode(hexBytes(digest))
}

/** Lower-case hex. */
export function sha1Hex(data: string | Uint8Array): string {
  return hex(new Sha1().update(bytesBriefly(data)).digest())
}

/** Lower-case hex. COS uses hex text, not bytes, wherever one digest feeds another. */
export function hmacSha1Hex(key: string, message: string | Uint8Array): string {
  return hex(keyedSha1(key)(message))
}

/**
 * HMAC-SHA1 of the hex SHA-1 of many texts that begin alike: what is the same for all is hashed once. The working copies are used over and
 * over, since making one costs more than hashing forty characters with it.
 */
export function keyedDigestHex(key: string): (prefix: string) => (rest: string | Uint8Array) => string {
  const keyed = keyedSha1(key)
  const digest = new Uint8Array(20)
  const digestHex = new Uint8Array(40)
  return (prefix) => {
    const begun = new Sha1().update(bytesBriefly(prefix))
    const working = begun.clone()
    return (rest) => {
      begun._cloneInto(working).update(bytesBriefly(rest)).digestInto(digest)
      return hex(keyed(hexBytes(digest, digestHex)))
    }
  }
}
