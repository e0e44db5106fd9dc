import { formField } from '../form/form-key.ts'
import type { PostForm } from '../form/post-form.ts'
import { CosUploadError, isCosUploadError } from '../upload-error.ts'

/** What happened (the short form's own words), why, and what to do. */
export function explainTransport(error: CosUploadError, form: PostForm): CosUploadError {
  const { code, message, details, cause } = error
  return new CosUploadError(code, `${message} ${advice(error, form)}`, details, { cause })
}

function advice(error: CosUploadError, form: PostForm): string {
  if (isCosUploadError(error, 'stalled')) return `The network is stuck after ${error.details.sent} bytes of the file. Try again.`
  if (isCosUploadError(error, 'outcome-unknown')) {
    const landing = formField(form, 'success_action_redirect')
      ? ' The landing page of success_action_redirect may also lack CORS headers for "Origin: null".'
      : ''
    return `The object "${error.details.key}" may be stored. Ask your server whether it is before sending it again.${landing}`
  }
  return `Either there is no way to ${form.action}, or the bucket's CORS rules do not allow this page. Check both, then try again.`
}
