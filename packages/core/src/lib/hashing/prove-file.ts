import { CosUploadError, isCosUploadError } from '../upload-error.ts'
import type { UploadResult } from '../upload-result.ts'
import type { Hasher } from './hasher.ts'
import { workerHasher } from './worker-hasher.ts'

export { releaseHashWorker } from './hash-off-thread.ts'
export { md5Base64 } from './md5-base64.ts'

/**
 * The file's CRC-64; `null` where hashing is not possible, for that must not fail an upload.
 * @throws {CosUploadError} `file-unreadable`
 */
export async function crc64Of(file: Blob, hasher: Hasher | null, signal: AbortSignal): Promise<string | null> {
  try {
    return (await (hasher ?? workerHasher)(file, { signal })).crc64
  } catch (error) {
    if (isCosUploadError(error, 'file-unreadable')) throw error
    return null
  }
}

/**
 * The result with what comparing found.
 * @param expected the file's CRC-64
 * @param report a difference is told in the result instead of thrown
 * @throws {CosUploadError} `integrity-mismatch`
 */
export function proved(result: UploadResult, expected: string, report: boolean): UploadResult {
  const { key, crc64: actual } = result
  if (actual === null) return result
  if (expected === actual) return { ...result, integrity: 'verified' }
  if (report) return { ...result, integrity: 'mismatch' }
  const text = `The stored object "${key}" is not the file: its CRC-64 is ${actual}, the file's ${expected}. The bytes were damaged on the way, or the file changed meanwhile. Upload it again.`
  throw new CosUploadError('integrity-mismatch', text, { expected, actual })
}
