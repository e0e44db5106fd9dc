import { formField, formKey } from '../form/form-key.ts'
import type { PostForm } from '../form/post-form.ts'
import { CosUploadError } from '../upload-error.ts'

export function abortedError(signal: AbortSignal): CosUploadError<'aborted'> {
  const { reason } = signal
  const text = reason instanceof Error ? reason.message : typeof reason === 'string' ? reason : null
  return new CosUploadError('aborted', 'The upload was canceled.', { reason: text }, { cause: reason })
}

/** Nothing, or not everything, reached storage. */
export function networkError(form: PostForm, cause?: unknown): CosUploadError<'network'> {
  const url = form.action
  const text = `The connection to ${url} failed before the file was sent: the network is down, or the bucket's CORS rules do not allow this page. Check both, then try again.`
  return new CosUploadError('network', text, { probe: null, url }, { cause })
}

/** Everything was sent and no reply can be read. */
export function outcomeUnknown(form: PostForm, problem = 'the connection failed', cause?: unknown): CosUploadError<'outcome-unknown'> {
  const key = formKey(form)
  const redirect = formField(form, 'success_action_redirect')
  const hint = redirect ? ' The landing page of success_action_redirect may also lack CORS headers for "Origin: null".' : ''
  const text = `The file was sent, but ${problem} before a reply could be read: the object "${key}" may be stored. Ask your server whether it is before sending it again.${hint}`
  return new CosUploadError('outcome-unknown', text, { probe: null, url: form.action, key }, { cause })
}

export function stalledError(idleMs: number, sent: number): CosUploadError<'stalled'> {
  return new CosUploadError(
    'stalled',
    `No byte was taken for ${Math.round(idleMs / 1000)} s after ${sent} bytes of the file. The network is stuck; try again.`,
    {
      idleMs,
      sent,
    },
  )
}

/** For ways that show a reply only by where the browser lands. */
export function redirectRequired(way: string): CosUploadError<'form-invalid'> {
  const problem = `the ${way} way needs "success_action_redirect", since a native form post shows nothing of a reply but where it lands`
  const text = `The upload cannot be sent: ${problem}. Let the policy endpoint sign that field, or use the XHR way.`
  return new CosUploadError('form-invalid', text, { field: 'success_action_redirect', problem })
}
