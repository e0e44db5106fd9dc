import { hashOffThread } from './hash-off-thread.ts'
import type { Hasher } from './hasher.ts'

/** The default hasher: CRC-64 in a worker that all uploaders share, by WebAssembly, at a few times the speed of any network. */
export const workerHasher: Hasher = async (file, options) => {
  const hex = await hashOffThread(file, 'crc64', options)
  return { crc64: BigInt(`0x${hex}`).toString() }
}

export { releaseHashWorker } from './hash-off-thread.ts'
