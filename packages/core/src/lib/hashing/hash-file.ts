import { createCRC64, createMD5, type IHasher } from 'hash-wasm'
import { FileChangedError } from './hash-failure.ts'
import { readChunks, type ReadChunksOptions } from './read-chunks.ts'

export type HashAlgorithm = 'crc64' | 'md5'

export interface HashFileOptions extends ReadChunksOptions {
  readonly onProgress?: ((hashedBytes: number) => void) | undefined
}

// An instance of WebAssembly each; used again, since a thousand small files would make a thousand.
const idle: Record<HashAlgorithm, IHasher[]> = { crc64: [], md5: [] }
const progressEveryMs = 50

/**
 * Hashes a file where it is called, in hexadecimal. The default polynomial of hash-wasm's CRC-64 is that of COS.
 *
 * @throws {FileChangedError} when the file turned out shorter or longer than it says
 */
export async function hashFile(file: Blob, algorithm: HashAlgorithm, { onProgress, ...reading }: HashFileOptions): Promise<string> {
  const hasher = idle[algorithm].pop() ?? (await (algorithm === 'crc64' ? createCRC64() : createMD5()))
  hasher.init()
  try {
    let hashed = 0
    let told = performance.now()
    await readChunks(file, reading, (chunk) => {
      hasher.update(chunk)
      hashed += chunk.byteLength
      if (onProgress && performance.now() - told >= progressEveryMs) {
        told = performance.now()
        onProgress(hashed)
      }
    })
    if (hashed !== file.size) throw new FileChangedError(`${hashed} of ${file.size} bytes could be read`)
    onProgress?.(hashed)
    return hasher.digest('hex')
  } finally {
    idle[algorithm].push(hasher)
  }
}
