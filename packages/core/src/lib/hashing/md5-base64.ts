import { base64OfBytes } from '@cosdrop/protocol'
import { hashOffThread } from './hash-off-thread.ts'
import type { HasherOptions } from './hasher.ts'

/**
 * The MD5 of a file in Base64: the value of the form field `Content-MD5`, with which COS refuses bytes that changed on the way. The whole file
 * must be read before it is sent, which costs time that CRC-64 does not.
 */
export async function md5Base64(file: Blob, options: HasherOptions): Promise<string> {
  const hex = await hashOffThread(file, 'md5', options)
  return base64OfBytes(Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16)))
}
