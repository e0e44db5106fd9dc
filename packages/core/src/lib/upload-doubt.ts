import { isCosUploadError } from './upload-error.ts'

/** Storage may have the object, and the app's server knows. */
export function leavesDoubt(error: unknown): boolean {
  if (!isCosUploadError(error)) return false
  const { code, details } = error
  if (code === 'outcome-unknown' || code === 'redirect-unreadable') return true
  // Something between here and storage that waited for it in vain: storage's own refusals say whose they are.
  return code === 'service' && [502, 504, 520, 524].includes(details.status) && !details.serviceCode && !details.requestId
}

/** Also where the connection broke after the browser had been silent for a while: most likely not all of it was out. */
export function mayBeStored(error: unknown): boolean {
  return leavesDoubt(error) || (isCosUploadError(error, 'network') && !!error.details.sentUnknown && !error.details.probe)
}
