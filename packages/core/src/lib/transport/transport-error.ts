import { withoutQuery } from '../endpoint/without-query.ts'
import type { PostForm } from '../form/post-form.ts'
import { withFailures } from '../load-failures.ts'
import { CosUploadError, type UploadErrorCode, type UploadErrorDetails } from '../upload-error.ts'

/** The error in full sentences, and `file-unreadable` where `network` was the file's fault; a short form where that cannot be loaded. */
export function failure<Code extends UploadErrorCode>(
  form: PostForm,
  code: Code,
  details: UploadErrorDetails[Code],
  cause?: unknown,
): Promise<CosUploadError> {
  const short = new CosUploadError(code, `The upload failed: ${code}. Check the connection.`, details, { cause })
  return withFailures<CosUploadError>(
    ({ explainFailure }) => explainFailure(form, short),
    () => short,
  )
}

/** What a failure tells of a form that may have been sent. */
export function whatWasSent({ action, key }: PostForm): UploadErrorDetails['outcome-unknown'] {
  return { probe: null, url: withoutQuery(action), key }
}

/** The file is not what it was when it was chosen. */
export function fileChanged(form: PostForm): Promise<CosUploadError> {
  return failure(form, 'file-unreadable', { name: form.filename, problem: 'its size is another' })
}
