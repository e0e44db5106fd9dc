import type { AnyUploadError } from '@cosdrop/core'

/** Storage may have the file: nothing failed for certain, and another try may store it twice. */
export function inDoubt({ code }: AnyUploadError): boolean {
  return code === 'outcome-unknown' || code === 'redirect-unreadable'
}
