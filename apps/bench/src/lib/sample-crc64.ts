import { crc64 } from 'hash-wasm'
import { sampleBytes } from '@cosdrop/e2e/sample-bytes'

/** Of a file made in the page, as COS tells it: unsigned decimal text. */
export async function sampleCrc64(length: number): Promise<string> {
  return BigInt(`0x${await crc64(sampleBytes(length))}`).toString()
}
