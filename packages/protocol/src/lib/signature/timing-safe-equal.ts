import { hmacSha1Hex } from './sha1.ts'

/**
 * Compares two texts in a time that tells nothing about where they differ: digests under a key of the moment are compared, character by
 * character to the end.
 */
export function timingSafeEqual(a: string, b: string): boolean {
  const key = String(Math.random())
  const [left, right] = [hmacSha1Hex(key, a), hmacSha1Hex(key, b)]
  let difference = 0
  for (let at = 0; at < left.length; at++) difference |= left.charCodeAt(at) ^ right.charCodeAt(at)
  return difference === 0
}
