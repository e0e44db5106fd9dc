import type { CosUploadError, UploadErrorCode } from '@cosdrop/core'
import type { ErrorContext, ErrorText, Messages } from './messages/messages.ts'

/** The interface's own words for an error: what happened, why, what to do. */
export function explainError<Code extends UploadErrorCode>(error: CosUploadError<Code>, messages: Messages, context: ErrorContext): ErrorText {
  return messages.errors[error.code](error.details, context)
}
