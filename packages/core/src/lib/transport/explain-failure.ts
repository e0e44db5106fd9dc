import { withoutQuery } from '../endpoint/without-query.ts'
import type { PostForm } from '../form/post-form.ts'
import { explainProbe } from '../probe/explain-probe.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError, type NetworkProbe } from '../upload-error.ts'
import { checkReadable, fileUnreadable } from './file-readable.ts'

/** Where the requests went that failed in an XHR of ours, whoever made the transport around it. */
const sentTo = new WeakMap<AnyUploadError, string>()

/** Whether a probe would go where this failure comes from. */
export function failedOnTheWayTo(action: string, error: AnyUploadError): boolean {
  return sentTo.get(error) === action
}

/** The same error with what happened, why, and what to do. Browsers do not tell a lost connection from a lost file, so that is looked up. */
export async function explainFailure(form: PostForm, error: CosUploadError): Promise<CosUploadError> {
  const explained = await explain(form, error)
  // What a transport of the app's own threw is its cause.
  if (error.cause === undefined && isCosUploadError(explained)) sentTo.set(explained, form.action)
  return explained
}

async function explain(form: PostForm, error: CosUploadError): Promise<CosUploadError> {
  if ('status' in error.details && 'problem' in error.details) return unreadReply(error, error.details.problem)
  if (isCosUploadError(error, 'file-unreadable')) return fileUnreadable(error.details.name, error.details.problem)
  if (isCosUploadError(error, 'stalled')) return stalledError(error.details.idleMs, error.details.sent)
  const unknown = isCosUploadError(error, 'outcome-unknown')
  if (unknown && !error.details.sentUnknown) {
    const landing = form.landing ? ' The landing page of success_action_redirect may also lack CORS headers for "Origin: null".' : ''
    return outcomeUnknown(form, error.cause, landing)
  }
  const silent = isCosUploadError(error, 'network') && error.details.sentUnknown
  return (await checkReadable(form)) ?? (unknown ? sentUnknown(form) : networkError(form, undefined, null, silent))
}

/** Nothing, or not everything, reached storage. @param cause as a runtime tells it that names its reasons; browsers do not */
export function networkError(form: PostForm, cause?: unknown, probe: NetworkProbe | null = null, sentUnknown?: boolean): CosUploadError<'network'> {
  const url = withoutQuery(form.action)
  // Where there is no way now, most likely there was none then; a network that is gone may have gone after the file.
  const silent = sentUnknown && (!probe || probe === 'offline')
  const when = silent ? ', and the browser does not tell whether all of the file was sent by then' : ' before the file was sent'
  const why = probe
    ? explainProbe(form, probe)
    : cause
      ? `There is no way to ${url}: see its cause.`
      : `Either there is no way to ${url}, or the page's Content-Security-Policy or the bucket's CORS rules do not allow it. Check all three.`
  return new CosUploadError('network', `The connection failed${when}. ${why}`, { probe, url, ...(silent && { sentUnknown }) }, { cause })
}

/** The same where something has come back from storage, so that neither rule is in the way; a proxy's own may be. */
export function brokenOnTheWay({ details }: CosUploadError<'network'>): CosUploadError<'network'> {
  const { url, sentUnknown } = details
  const when = sentUnknown ? ', and the browser does not tell whether all of the file was sent by then' : ' before all of the file was sent'
  const text = `The connection failed${when}. ${url} has answered this page, so it broke on the way there. Check the network, and proxies: one may refuse files of this size, or OPTIONS. Try again.`
  return new CosUploadError('network', text, details)
}

/**
 * Everything was, or may have been, sent, and no reply can be read.
 * @param why as far as anybody can tell
 */
export function outcomeUnknown(form: PostForm, cause?: unknown, why = '', probe: NetworkProbe | null = null): CosUploadError<'outcome-unknown'> {
  // With a cause nobody knows whether it was: of a way that tells no progress, or where what asks about it never came.
  const text = `${cause ? '' : 'The file was sent. '}No reply came that can be read. ${lookFirst(form)}${why}`
  return new CosUploadError('outcome-unknown', text, { probe, url: withoutQuery(form.action), key: form.key }, { cause })
}

/** The connection failed, and the browser is late with telling how much was sent by then. */
export function sentUnknown(form: PostForm, probe: NetworkProbe | null = null): CosUploadError<'outcome-unknown'> {
  const { key, action } = form
  const why = probe ? ` ${explainProbe(form, probe)}` : ''
  const text = `The connection failed, and this browser does not tell how much of the file was sent by then. ${lookFirst(form)}${why}`
  return new CosUploadError('outcome-unknown', text, { probe, url: withoutQuery(action), key, sentUnknown: true })
}

/** The error again, with what a probe found. */
export function withProbe(
  form: PostForm,
  error: CosUploadError<'network'> | CosUploadError<'outcome-unknown'>,
  probe: NetworkProbe,
): CosUploadError<'network'> | CosUploadError<'outcome-unknown'> {
  const { code, details, cause } = error
  if (code === 'network') return networkError(form, cause, probe, details.sentUnknown)
  return details.sentUnknown ? sentUnknown(form, probe) : outcomeUnknown(form, cause, ` ${explainProbe(form, probe)}`, probe)
}

/** A reply came, and the page could not load what reads it. */
function unreadReply({ code, details, cause }: CosUploadError, problem: string): CosUploadError {
  const what = code === 'outcome-unknown' ? 'The file may be stored: ask your server' : 'Storage refused the upload'
  const why = `the page could not load what reads the answer (${problem})`
  return new CosUploadError(code, `${what}, and ${why}. Check the connection.`, { ...details, problem: why }, { cause })
}

const lookFirst = ({ key }: PostForm): string => `The object "${key}" may be stored. Ask your server whether it is before sending it again.`

export function stalledError(idleMs: number, sent: number): CosUploadError<'stalled'> {
  const text = `No byte was taken for ${Math.round(idleMs / 1000)} s: the network is stuck after ${sent} bytes of the file. Try again.`
  return new CosUploadError('stalled', text, { idleMs, sent })
}
