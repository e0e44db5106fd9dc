import { CosUploadError } from './upload-error.ts'

/** @param signal that fired, if it was one */
export function abortedError(signal: AbortSignal | undefined): CosUploadError<'aborted'> {
  const cause = signal?.reason
  return new CosUploadError('aborted', 'The upload was canceled.', { reason: cause ? String(cause.message ?? cause) : null }, { cause })
}
