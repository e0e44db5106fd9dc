import { formKey } from '../form/form-key.ts'
import type { PostForm } from '../form/post-form.ts'
import { loadExplanation } from '../load-explanation.ts'
import { CosUploadError } from '../upload-error.ts'

// Short forms: `explained` adds why it happened and what to do.

export function abortedError(signal: AbortSignal): CosUploadError<'aborted'> {
  const { reason } = signal
  const text = reason instanceof Error ? reason.message : typeof reason === 'string' ? reason : null
  return new CosUploadError('aborted', 'The upload was canceled.', { reason: text }, { cause: reason })
}

/** Nothing, or not everything, reached storage. */
export function networkError({ action: url }: PostForm, cause?: unknown): CosUploadError<'network'> {
  return new CosUploadError('network', 'The connection failed before the file was sent.', { probe: null, url }, { cause })
}

/** Everything was sent and no reply can be read. */
export function outcomeUnknown(form: PostForm, problem = 'the connection failed', cause?: unknown): CosUploadError<'outcome-unknown'> {
  const text = `The file was sent, but ${problem} before a reply could be read.`
  return new CosUploadError('outcome-unknown', text, { probe: null, url: form.action, key: formKey(form) }, { cause })
}

export function stalledError(idleMs: number, sent: number): CosUploadError<'stalled'> {
  return new CosUploadError('stalled', `No byte was taken for ${Math.round(idleMs / 1000)} s.`, { idleMs, sent })
}

type TransportError = CosUploadError<'network'> | CosUploadError<'outcome-unknown'> | CosUploadError<'stalled'>

/** The same error in full sentences, where they can be loaded. */
export function explained(error: TransportError, form: PostForm): Promise<CosUploadError> {
  return loadExplanation<CosUploadError>(
    async () => (await import('./explain-transport.ts')).explainTransport(error, form),
    () => error,
  )
}
