import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { utf8, utf8Briefly } from '../utf8.ts'

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

const HEX = utf8('0123456789abcdef')

/** The hex text of a digest, as bytes: what the next step hashes. */
function hexBytes(digest: Uint8Array, target: Uint8Array): Uint8Array {
  for (const [at, byte] of digest.entries()) {
    target[2 * at] = HEX[byte >> 4] ?? 0
    target[2 * at + 1] = HEX[byte & 15] ?? 0
  }
  return target
}

/**
 * HMAC-SHA1 of the hex SHA-1 of many texts that begin alike: what is the same for all is hashed once. The working copies are used over and
 * over, since making one costs more than hashing forty characters with it.
 */
export function keyedDigestHex(key: string): (prefix: string) => (rest: string | Uint8Array) => string {
  const keyed = hmac.create(sha1, utf8(key))
  const workingKeyed = keyed.clone()
  const digest = new Uint8Array(20)
  const hex = new Uint8Array(40)
  return (prefix) => {
    const begun = sha1.create().update(utf8(prefix))
    const working = begun.clone()
    return (rest) => {
      const text = typeof rest === 'string' ? utf8Briefly(rest) : rest
      begun._cloneInto(working).update(text).digestInto(digest)
      keyed._cloneInto(workingKeyed).update(hexBytes(digest, hex)).digestInto(digest)
      return bytesToHex(digest)
    }
  }
}
