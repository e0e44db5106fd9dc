import { _SHA1 as Sha1 } from '@noble/hashes/legacy.js'
import { bytesBriefly } from '../utf8.ts'

/** Bytes. A longer key is hashed first. */
const BLOCK = 64

function begunWith(key: Uint8Array, pad: number): Sha1 {
  return new Sha1().update(Uint8Array.from({ length: BLOCK }, (_, at) => pad ^ (key[at] ?? 0)))
}

/**
 * HMAC-SHA1 of many messages with one key (RFC 2104): both pads are hashed once (§4). Written out over the library's SHA-1, since its own HMAC
 * wipes its working copy after each message, and a new one costs more than hashing a short message with it.
 * @returns 20 bytes that the next call overwrites
 */
export function keyedSha1(key: string | Uint8Array): (message: string | Uint8Array) => Uint8Array {
  const given = bytesBriefly(key)
  const block = given.length > BLOCK ? new Sha1().update(given).digest() : given
  const inner = begunWith(block, 0x36)
  const outer = begunWith(block, 0x5c)
  const working = new Sha1()
  const digest = new Uint8Array(20)
  return (message) => {
    inner._cloneInto(working).update(bytesBriefly(message)).digestInto(digest)
    outer._cloneInto(working).update(digest).digestInto(digest)
    return digest
  }
}
