import { withoutQuery } from '../endpoint/without-query.ts'
import type { PostForm } from '../form/post-form.ts'
import { CosUploadError, isCosUploadError, type NetworkProbe } from '../upload-error.ts'
import { checkReadable, fileUnreadable } from './file-readable.ts'

/** The same error with what happened, why, and what to do. Browsers do not tell a lost connection from a lost file, so that is looked up. */
export async function explainFailure(form: PostForm, error: CosUploadError): Promise<CosUploadError> {
  if (isCosUploadError(error, 'file-unreadable')) return fileUnreadable(error.details.name, error.details.problem)
  if (isCosUploadError(error, 'stalled')) return stalledError(error.details.idleMs, error.details.sent)
  const unknown = isCosUploadError(error, 'outcome-unknown')
  if (unknown && !error.details.sentUnknown) return outcomeUnknown(form, error.cause)
  const silent = isCosUploadError(error, 'network') && error.details.sentUnknown
  return (await checkReadable(form)) ?? (unknown ? sentUnknown(form) : networkError(form, undefined, null, silent))
}

/** Nothing, or not everything, reached storage. */
export function networkError(
  { action }: PostForm,
  cause?: unknown,
  probe: NetworkProbe | null = null,
  sentUnknown?: boolean,
): CosUploadError<'network'> {
  const url = withoutQuery(action)
  const when = sentUnknown ? ', and the browser does not tell whether all of the file was sent by then' : ' before the file was sent'
  const text = `The connection failed${when}. Either there is no way to ${url}, or the page's Content-Security-Policy or the bucket's CORS rules do not allow it. Check all three, then try again.`
  return new CosUploadError('network', text, { probe, url, ...(sentUnknown && { sentUnknown }) }, { cause })
}

/** Everything was, or may have been, sent, and no reply can be read. */
export function outcomeUnknown(form: PostForm, cause?: unknown): CosUploadError<'outcome-unknown'> {
  const landing = form.landing ? ' The landing page of success_action_redirect may also lack CORS headers for "Origin: null".' : ''
  const text = `The file was sent, but no reply came that can be read. ${lookFirst(form)}${landing}`
  return new CosUploadError('outcome-unknown', text, { probe: null, url: withoutQuery(form.action), key: form.key }, { cause })
}

/** The connection failed, and the browser is late with telling how much was sent by then. */
export function sentUnknown(form: PostForm): CosUploadError<'outcome-unknown'> {
  const { key, action } = form
  const text = `The connection failed, and this browser does not tell how much of the file was sent by then. ${lookFirst(form)}`
  return new CosUploadError('outcome-unknown', text, { probe: null, url: withoutQuery(action), key, sentUnknown: true })
}

const lookFirst = ({ key }: PostForm): string => `The object "${key}" may be stored. Ask your server whether it is before sending it again.`

export function stalledError(idleMs: number, sent: number): CosUploadError<'stalled'> {
  const text = `No byte was taken for ${Math.round(idleMs / 1000)} s: the network is stuck after ${sent} bytes of the file. Try again.`
  return new CosUploadError('stalled', text, { idleMs, sent })
}
