import { createCRC64 } from 'hash-wasm'

export interface Crc64 {
  update(bytes: Uint8Array): void
  /** Unsigned decimal, as in `x-cos-hash-crc64ecma`. */
  digest(): string
}

/** CRC-64 with COS's polynomial, which is hash-wasm's default. https://cloud.tencent.com/document/product/436/40334 */
export async function createCrc64(): Promise<Crc64> {
  const hash = (await createCRC64()).init()
  return { update: (bytes) => void hash.update(bytes), digest: () => BigInt(`0x${hash.digest('hex')}`).toString() }
}
