import { isCosUploadError } from './upload-error.ts'

/** Storage may have the object, and the app's server knows. */
export function leavesDoubt(error: unknown): boolean {
  return isCosUploadError(error, 'outcome-unknown') || isCosUploadError(error, 'redirect-unreadable') || isGateway(error)
}

/** Also where the connection broke after the browser had been silent for a while: most likely not all of it was out. */
export function mayBeStored(error: unknown): boolean {
  return leavesDoubt(error) || (isCosUploadError(error, 'network') && !!error.details.sentUnknown && !error.details.probe)
}

/** Something between here and storage that waited for it in vain: storage's own refusals say whose they are. */
function isGateway(error: unknown): boolean {
  if (!isCosUploadError(error, 'service')) return false
  const { status, serviceCode, requestId } = error.details
  return [502, 504, 520, 524].includes(status) && !serviceCode && !requestId
}
