import type { AnyUploadError, UploadItem } from '@cosdrop/core'

// The same file under the same rules ends the same way: a button that cannot help is not offered.
function isFinal(error: AnyUploadError): boolean {
  if (error.code === 'service') return error.details.problem === 'size'
  return error.code === 'policy-mismatch' || error.code === 'form-invalid' || error.code === 'file-unreadable'
}

/** Whether "try again" makes sense for an item. */
export function canRetry(item: UploadItem): boolean {
  return item.status === 'canceled' || item.status === 'retrying' || (item.status === 'error' && !isFinal(item.error))
}
