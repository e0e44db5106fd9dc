import type { FileRejection } from './restrict/restrictions.ts'
import { CosUploadError } from './upload-error.ts'
import type { JobEnding, UploadJob } from './upload-job.ts'
import type { UploadResult } from './upload-result.ts'

/** Resolves with how each upload ended; aborting cancels those that have not. */
export function awaitUploads(
  jobs: readonly UploadJob[],
  cancel: (job: UploadJob) => void,
  signal: AbortSignal | undefined,
): Promise<readonly JobEnding[]> {
  const all = Promise.all(jobs.map((job) => new Promise<JobEnding>((resolve) => job.waiters.push(resolve))))
  const abort = (): void => jobs.forEach(cancel)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  return all.finally(() => signal?.removeEventListener('abort', abort))
}

/** The result of one file. @throws {CosUploadError} its error, `file-rejected` or `aborted` */
export function resultOf(ending: JobEnding | undefined, refused: readonly FileRejection[], signal: AbortSignal | undefined): UploadResult {
  if (ending?.kind !== 'settled') {
    const rejection = ending?.rejection ?? refused[0]
    const reasons = rejection?.errors ?? []
    const text = reasons.map(({ message }) => message).join(' ')
    throw new CosUploadError('file-rejected', text, { name: rejection?.name ?? '', reasons })
  }
  const { item } = ending
  if (item.status === 'success') return item.result
  if (item.status === 'error') throw item.error
  const reason: unknown = signal?.reason
  throw new CosUploadError('aborted', 'The upload was canceled.', { reason: reason instanceof Error ? reason.message : null }, { cause: reason })
}
