import { bytesOfBase64 } from '@cosdrop/protocol'
import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from './exchange.ts'
import { hexOfBytes } from './id-source.ts'

async function checkDigest(exchange: Exchange, bytes: Uint8Array, contentMd5: string): Promise<void> {
  const expected = bytesOfBase64(contentMd5)
  if (expected?.length !== 16) {
    const explanation = { condition: 'Content-MD5 is the Base64 of 16 bytes.', value: contentMd5, fix: 'Encode the raw digest, not its hex text.' }
    throw new CosError('InvalidDigest', { explanation })
  }
  const digest = await exchange.service.digests.md5()
  digest.update(bytes)
  const actual = digest.hex()
  if (actual === hexOfBytes(expected)) return
  const explanation = {
    condition: `Content-MD5 says ${hexOfBytes(expected)}.`,
    value: `the body's MD5 is ${actual}`,
    fix: 'Hash the bytes that are sent.',
  }
  throw new CosError('BadDigest', { explanation })
}

/**
 * The whole body of a call that carries a document, checked against its Content-MD5 when it has one. A fault before the store strikes here: what the document
 * asks for comes next.
 * @throws {CosError} EntityTooLarge before more than `limit` bytes are kept, BadDigest, InvalidDigest
 */
export async function readBody(exchange: Exchange, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of exchange.receive()) {
    length += chunk.length
    if (length > limit) {
      const explanation = { condition: `The body of this call takes ${limit} bytes at most.`, value: 'more', fix: 'Send a smaller document.' }
      throw new CosError('EntityTooLarge', { explanation })
    }
    chunks.push(chunk.slice())
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  const contentMd5 = exchange.header('content-md5')
  if (contentMd5 !== null && contentMd5 !== '') await checkDigest(exchange, bytes, contentMd5)
  await exchange.faults.beforeStore()
  return bytes
}
