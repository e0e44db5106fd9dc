import { isCosUploadError } from './upload-error.ts'

/** Storage may have the object, and the app's server knows. */
export function leavesDoubt(error: unknown): boolean {
  if (!isCosUploadError(error)) return false
  const { code, details } = error
  if (code !== 'service') return code === 'outcome-unknown' || code === 'redirect-unreadable'
  const { status, serviceCode, requestId, retryAfter } = details
  // 0 is one, too.
  return isOfGateway(status, serviceCode || requestId, retryAfter !== null)
}

/**
 * Something between here and storage that waited for it in vain: storage's own refusals say whose they are. Varnish and Fastly say 503 then, as do
 * those that are busy and have not asked storage: who says when to come again is one of these.
 */
export function isOfGateway(status: number, wordOfStorage: unknown, retryAfter: unknown): boolean {
  return status > 501 && !(status === 503 && retryAfter) && !wordOfStorage
}

/**
 * Also where the connection broke after the browser had been silent for a while: most likely not all of it was out. And where something else answered:
 * a service worker of the app does so, too, when the connection broke after all of it was. One with a cause is a refusal that could not be read.
 */
export function mayBeStored(error: unknown): boolean {
  return (
    leavesDoubt(error) ||
    (isCosUploadError(error, 'reply-malformed') && !error.cause) ||
    (isCosUploadError(error, 'network') && !!error.details.sentUnknown && !error.details.probe)
  )
}
