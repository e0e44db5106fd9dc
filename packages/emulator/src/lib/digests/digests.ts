import { createCRC64, createMD5 } from 'hash-wasm'

/** A hash over bytes that arrive in pieces. Synchronous: a promise for each chunk would cost more than the hash. */
export interface RunningDigest {
  update(bytes: Uint8Array): void
  /** Lower-case hex. Ends the digest. */
  hex(): string
}

/** Port: where the hashes come from. Node brings its own MD5, which is faster than WebAssembly's. */
export interface Digests {
  md5(): Promise<RunningDigest>
  /** CRC-64/XZ, 16 hex digits (facts §4). */
  crc64(): Promise<RunningDigest>
}

async function wasmDigest(create: () => ReturnType<typeof createCRC64>): Promise<RunningDigest> {
  const hasher = (await create()).init()
  return {
    update: (bytes) => void hasher.update(bytes),
    hex: () => hasher.digest('hex'),
  }
}

export const wasmDigests: Digests = {
  md5: () => wasmDigest(createMD5),
  // hash-wasm's default polynomial is COS's (facts §4).
  crc64: () => wasmDigest(() => createCRC64()),
}

/** `x-cos-hash-crc64ecma`: unsigned decimal. */
export function crc64Decimal(hex: string): string {
  return BigInt(`0x${hex}`).toString()
}
