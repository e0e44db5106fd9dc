import { lazily } from '../lazily.ts'
import type { PostForm } from '../form/post-form.ts'
import type { TransportReply } from '../transport/transport.ts'
import { CosUploadError } from '../upload-error.ts'
import type { UploadResult } from '../upload-result.ts'
import { actionBucket } from './action-bucket.ts'

const loadReader = lazily(() => import('./read-unusual-reply.ts'))
const sse = 'x-cos-server-side-encryption'

/** What a reply says that is simply a stored object with all its headers; `null` for every other one. */
function readPlainReply({ status, header, via, body }: TransportReply, form: PostForm): UploadResult | null {
  // Not the 303 that Node shows: its Location is another.
  if (body || !status || status >= 300) return null
  const etag = header('etag')
  const location = header('location')
  const crc64 = header('x-cos-hash-crc64ecma')
  const requestId = header('x-cos-request-id')
  const algorithm = header(sse)
  // COS sends these with every stored object: with all of them at hand there is nothing to explain.
  if (!etag || !location || !crc64 || !requestId) return null
  // The one encryption that has no more to tell.
  if ((algorithm && algorithm !== 'AES256') || header(`${sse}-customer-algorithm`)) return null
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
}

/**
 * Turns a reply to POST Object into a result. 204, 200 and 201 are successes with or without a body, as is a redirect: COS redirects only
 * when the object is stored. `integrity` is `unavailable` here; comparing is the engine's part. At once for the usual reply, a promise for others.
 *
 * Rejects with a `CosUploadError`. `service`: COS refused. `reply-malformed`: not a reply of COS. `redirect-unreadable`: landed where nothing
 * can be read. `outcome-unknown`, or `network` for a refusal: the page could not load the code that reads a reply which is not simply a stored
 * object.
 */
export function readReply(reply: TransportReply, form: PostForm): UploadResult | Promise<UploadResult> {
  return readPlainReply(reply, form) ?? readWithHelp(reply, form)
}

async function readWithHelp(reply: TransportReply, form: PostForm): Promise<UploadResult> {
  const { status } = reply
  const { readUnusualReply } = await loadReader().catch((cause: unknown) => {
    // A refusal stored nothing, so it may be sent again.
    const code = Number(status) < 400 ? 'outcome-unknown' : 'network'
    const text = `The answer (HTTP ${status}) could not be read. Ask your server whether the file is stored.`
    throw new CosUploadError(code, text, { probe: null, url: form.action, key: form.key }, { cause })
  })
  return readUnusualReply(reply, form)
}
