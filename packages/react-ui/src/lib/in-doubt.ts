import type { AnyUploadError } from '@cosdrop/core'

/** Storage may have the file: nothing failed for certain, and another try may store it twice. */
export function inDoubt(error: AnyUploadError): boolean {
  if (error.code === 'service') return error.details.problem === 'gateway'
  return error.code === 'outcome-unknown' || error.code === 'redirect-unreadable'
}
