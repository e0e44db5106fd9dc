import { abortedError } from './aborted-error.ts'
import type { FileRejection } from './restrict/restrictions.ts'
import { CosUploadError } from './upload-error.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploadJob } from './upload-job.ts'
import type { UploadResult } from './upload-result.ts'

/** What became of one file: an item that is settled, or a file that `validate` did not let through. */
export type UploadEnding = UploadItem | FileRejection

/** How each upload ended; aborting cancels those that have not. Leaves no listener behind. */
export function endingsOf(jobs: readonly UploadJob[], signal: AbortSignal | undefined, cancel: (job: UploadJob) => void): Promise<UploadEnding[]> {
  const all = Promise.all(jobs.map((job) => new Promise<UploadEnding>((resolve) => (job.onEnd = resolve))))
  const abort = (): void => jobs.forEach(cancel)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  return all.finally(() => signal?.removeEventListener('abort', abort))
}

/** The result of one file, or throws why there is none: its error, `file-rejected`, or `aborted` when it was canceled. */
export function resultOf(ending: UploadEnding | undefined, signal: AbortSignal | undefined): UploadResult {
  if (ending && 'errors' in ending) {
    const { name, errors: reasons } = ending
    throw new CosUploadError('file-rejected', reasons.map(({ message }) => message).join(' '), { name, reasons })
  }
  if (ending?.status === 'success') return ending.result
  if (ending?.status === 'error') throw ending.error
  throw abortedError(signal)
}
