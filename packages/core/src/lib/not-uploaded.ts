import type { FileRejection } from './restrict/restrictions.ts'
import { CosUploadError } from './upload-error.ts'
import type { SettledItem } from './upload-item.ts'

/** The error of one file that was refused before it became an upload (`file-rejected`), or that was canceled (`aborted`). */
export function notUploaded(ending: SettledItem | FileRejection | undefined, signal: AbortSignal | undefined): CosUploadError {
  if (ending && 'errors' in ending) {
    const { name, errors: reasons } = ending
    return new CosUploadError('file-rejected', reasons.map(({ message }) => message).join(' '), { name, reasons })
  }
  const cause: unknown = signal?.reason
  return new CosUploadError('aborted', 'The upload was canceled.', { reason: cause instanceof Error ? cause.message : null }, { cause })
}
