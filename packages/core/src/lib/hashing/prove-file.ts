import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import { CosUploadError, isCosUploadError } from '../upload-error.ts'
import type { UploadItem } from '../upload-item.ts'
import type { ResultDiagnostic, UploadResult } from '../upload-result.ts'
import type { UploaderStore } from '../uploader-store.ts'
import type { Hasher } from './hasher.ts'
import { workerHasher } from './worker-hasher.ts'
import { md5Base64 } from './md5-base64.ts'

export { releaseHashWorker } from './hash-off-thread.ts'

/**
 * The file's CRC-64; `null` where hashing is not possible, for that must not fail an upload.
 * @throws {CosUploadError} `file-unreadable`
 */
export async function crc64Of(file: Blob, hasher: Hasher | undefined, signal: AbortSignal): Promise<string | null> {
  try {
    return (await (hasher ?? workerHasher)(file, { signal })).crc64
  } catch (error) {
    if (isCosUploadError(error, 'file-unreadable')) throw error
    return null
  }
}

/** The value of `Content-MD5`; the item is shown as `hashing` meanwhile. Empty for what no form will be made of: 20 GB take minutes to read. */
export async function shownMd5({ id, file, size }: UploadItem, store: UploaderStore, signal: AbortSignal): Promise<string> {
  if (size > MAX_OBJECT_BYTES) return ''
  const onProgress = (hashedBytes: number): void => void (signal.aborted || store.become(id, { status: 'hashing', hashedBytes }))
  onProgress(0)
  return md5Base64(file, { signal, onProgress })
}

const unhashed: ResultDiagnostic = {
  code: 'file-not-hashed',
  header: 'x-cos-hash-crc64ecma',
  message:
    "The file could not be hashed here, so nothing was compared. The default hasher needs WebAssembly: 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy.",
}

/**
 * The result with what comparing found.
 * @param expected the file's CRC-64; `null` where it could not be hashed
 * @param report a difference is told in the result instead of thrown
 * @throws {CosUploadError} `integrity-mismatch`
 */
export function proved(result: UploadResult, expected: string | null, report: boolean): UploadResult {
  const { key, crc64: actual } = result
  if (actual === null) return result
  if (expected === null) return { ...result, diagnostics: [...result.diagnostics, unhashed] }
  if (expected === actual) return { ...result, integrity: 'verified' }
  if (report) return { ...result, integrity: 'mismatch' }
  const text = `The stored object "${key}" is not the file: its CRC-64 is ${actual}, the file's ${expected}. The bytes were damaged on the way, or the file changed meanwhile. Upload it again.`
  throw new CosUploadError('integrity-mismatch', text, { expected, actual })
}
