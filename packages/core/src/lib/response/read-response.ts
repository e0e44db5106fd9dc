import { readResponseHeaders } from '@cosdrop/protocol'
import { formKey } from '../form/form-key.ts'
import type { PostForm } from '../form/post-form.ts'
import type { TransportReply } from '../transport/transport.ts'
import { CosUploadError } from '../upload-error.ts'
import type { UploadResult } from '../upload-result.ts'
import { explained, outcomeUnknown } from '../transport/transport-error.ts'
import { actionBucket } from './object-url.ts'
import type { readUnusualReply } from './read-unusual-reply.ts'

/**
 * Turns a reply to POST Object into a result. 204, 200 and 201 are successes with or without a body, as is a redirect: COS redirects only
 * when the object is stored. `integrity` is `unavailable` here; comparing is the engine's part.
 *
 * Rejects with a `CosUploadError`. `service`: COS refused. `reply-malformed`: not a reply of COS. `redirect-unreadable`: landed where nothing
 * can be read.
 */
export async function readReply(reply: TransportReply, form: PostForm): Promise<UploadResult> {
  const { status, via } = reply
  if (status === 204 || ((status === 200 || status === 201) && reply.body === '')) {
    const { etag, location, crc64, requestId, versionId, encryption } = readResponseHeaders(reply.header)
    // COS sends these with every stored object: with all of them at hand there is nothing to explain.
    if (etag !== null && location !== null && crc64 !== null && requestId !== null) {
      const bucket = actionBucket(form.action)
      return {
        bucket,
        key: formKey(form),
        location,
        etag,
        versionId,
        crc64,
        integrity: 'unavailable',
        encryption,
        requestId,
        status,
        via,
        diagnostics: [],
      }
    }
  }
  const reader = await loadReader(reply, form)
  return reader.readUnusualReply(reply, form)
}

/** Few replies need it, so it is loaded with the first of them; a refusal is told without its reason where that fails. */
async function loadReader({ status, header }: TransportReply, form: PostForm): Promise<{ readonly readUnusualReply: typeof readUnusualReply }> {
  try {
    return await import('./read-unusual-reply.ts')
  } catch (cause) {
    const problem = 'this page could not load the code that reads it'
    if (status === null || status < 400) throw await explained(outcomeUnknown(form, problem, cause), form)
    const nothing = {
      problem: status === 503 || status === 429 ? 'busy' : 'other',
      serviceCode: null,
      serviceMessage: null,
      traceId: null,
      resource: null,
      retryAfter: null,
    } as const
    const text = `Storage refused the upload (HTTP ${status}) and gave a reason, but ${problem}. Reload the page and try again.`
    throw new CosUploadError('service', text, { ...nothing, status, requestId: header('x-cos-request-id') }, { cause })
  }
}
