import { createHash } from 'node:crypto'
import { wasmDigests, type Digests } from './digests.ts'

/** MD5 by OpenSSL, a third faster than WebAssembly's; Node has no CRC-64. */
export const nodeDigests: Digests = {
  md5: () => {
    const hash = createHash('md5')
    return Promise.resolve({ update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') })
  },
  crc64: () => wasmDigests.crc64(),
}
