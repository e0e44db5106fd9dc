import { lazily } from '../lazily.ts'
import type { PostForm } from '../form/post-form.ts'
import { failure, whatWasSent } from '../transport/transport-error.ts'
import type { TransportReply } from '../transport/transport.ts'
import { isOfGateway } from '../upload-doubt.ts'
import type { UploadResult } from '../upload-result.ts'
import { actionBucket } from './action-bucket.ts'

const loadReader = lazily(() => import('./read-unusual-reply.ts'))
const sse = 'x-cos-server-side-encryption'

/**
 * Turns a reply to POST Object into a result. 204, 200 and 201 are successes with or without a body, as is a redirect: COS redirects only
 * when the object is stored. `integrity` is `unavailable` here; comparing is the engine's part.
 *
 * Rejects with a `CosUploadError`. `service`: COS refused. `reply-malformed`: not a reply of COS. `redirect-unreadable`: landed where nothing
 * can be read. Where the page could not load the code that reads a reply which is not simply a stored object: `outcome-unknown`, also for what a
 * gateway answers, for a 4xx `reply-malformed`, for a 5xx of storage `network`.
 */
export async function readReply(reply: TransportReply, form: PostForm): Promise<UploadResult> {
  const { status, header, body, via } = reply
  const etag = header('etag')
  const location = header('location')
  const crc64 = header('x-cos-hash-crc64ecma')
  const requestId = header('x-cos-request-id')
  const algorithm = header(sse)
  if (
    !body &&
    status &&
    // Not the 303 that Node shows: its Location is another.
    status < 300 &&
    // COS sends these with every stored object: with all of them at hand there is nothing to explain.
    etag &&
    location?.startsWith('http') &&
    crc64 &&
    requestId &&
    // The one encryption that has no more to tell.
    (!algorithm || algorithm === 'AES256') &&
    !header(`${sse}-customer-algorithm`)
  )
    return {
      bucket: actionBucket(form.action),
      key: form.key,
      location,
      etag,
      versionId: header('x-cos-version-id'),
      crc64,
      integrity: 'unavailable',
      encryption: algorithm ? { kind: 'SSE-COS', algorithm } : null,
      requestId,
      status,
      via,
      diagnostics: [],
    }

  const { readUnusualReply } = await loadReader().catch(async (cause: unknown) => {
    // A refusal of storage's own stored nothing; one that time may heal is sent again. A gateway's says nothing of the file.
    const unknown = !status || status < 400 || isOfGateway(status, requestId || /<Code>/.test(body), header('retry-after'))
    const code = unknown ? 'outcome-unknown' : status < 500 ? 'reply-malformed' : 'network'
    throw await failure(form, code, { ...whatWasSent(form), status, problem: `HTTP ${status}` }, cause)
  })
  return readUnusualReply(reply, form)
}
