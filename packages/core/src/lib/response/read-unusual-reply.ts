import { readPostResponse, readResponseHeaders } from '@cosdrop/protocol'
import { withoutQuery } from '../endpoint/without-query.ts'
import type { PostForm } from '../form/post-form.ts'
import type { TransportReply } from '../transport/transport.ts'
import { parseUrl } from '../form/parse-url.ts'
import { CosUploadError } from '../upload-error.ts'
import type { ResultDiagnostic, UploadResult } from '../upload-result.ts'
import { actionBucket } from './action-bucket.ts'
import { objectUrl } from './object-url.ts'
import { readLanding } from './read-landing.ts'
import { serviceError } from './service-error.ts'

// Sent with every stored object (official/common-response-headers; facts 1.14). x-cos-version-id is not: no versioning, no header.
const always = ['ETag', 'x-cos-hash-crc64ecma', 'x-cos-request-id'] as const

/** Reads every reply that is not simply a stored object with all its headers: bodies, redirects, hidden headers, refusals. See `readReply`. */
export function readUnusualReply(reply: TransportReply, form: PostForm): UploadResult {
  const { status, body, url, via } = reply
  const redirect = form.landing
  // 303 is seen by Node's fetch alone; browsers follow it, and then status and headers are those of the landing page.
  const followed = status !== 303
  const landing = redirect ? readLanding((followed ? url : reply.header('Location')) ?? '') : null
  // What fetch shows of a redirect that it does not follow: https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect
  // Without a landing page it is not COS that redirects.
  const opaque = redirect !== null && status === null && via === 'fetch'
  const away = !!url && addressOf(url) !== addressOf(form.action)

  if (!landing && !opaque) {
    // COS redirects only what is stored: what a page answers to which the landing page led on is no refusal.
    if (status !== null && ((status >= 400 && !(redirect && away)) || isErrorBody(body))) throw serviceError(reply, form)
    // 204 and 201 are COS's own: a redirect that it did not take for a URL.
    if (redirect && (away || (status !== 204 && status !== 201))) throw redirectUnreadable(url ?? redirect)
    if (status === null || status < 200 || status > 299) throw malformed(status, `HTTP ${status ?? 'status unknown'} is no answer to POST Object`)
    if (isListing(body)) throw malformed(status, 'it lists a bucket, as after a redirect that made a GET of the POST')
  }

  const hidden = opaque || (landing !== null && followed)
  const headers = readResponseHeaders(hidden ? () => null : reply.header)
  const posted = hidden ? null : readPostResponse(body)
  const etag = headers.etag ?? (posted?.etag.replace(/^\w+$/, '"$&"') || landing?.etag || null)
  // Web servers have ETags, too: weak ones, that is none of storage, and strong ones of pages.
  const strong = etag && !etag.startsWith('W/')
  if (!landing && !opaque && !headers.requestId) {
    // COS answers 204 to who asked for nothing else; a service worker's `new Response()` is this.
    const expected = status === 200 ? form.value('success_action_status') === '200' : status === 201 || status === 204
    if (!etag && !body && !expected) throw malformed(status, `it is an empty ${status}`)
    if (/html/i.test(headers.contentType ?? '') && (!strong || body)) throw malformed(status, 'it is a web page')
    if (!strong && /^\s*[^<\s]/.test(body)) throw malformed(status, 'its body is no XML')
    // Something on the way redirects: 307 sends the form on, 302 makes a GET of it, and pages are told of neither.
    if (!etag && away) throw redirectUnreadable(url, 'Something on the way redirects uploads: let the policy endpoint answer where they end.')
  }

  const key = posted?.key || landing?.key || form.key
  return {
    bucket: posted?.bucket || landing?.bucket || actionBucket(form.action),
    key,
    location: [landing ? null : headers.location, posted?.location].find((at) => /^https?:/.test(at ?? '')) ?? objectUrl(form.action, key),
    etag,
    versionId: headers.versionId,
    crc64: headers.crc64,
    integrity: 'unavailable',
    encryption: headers.encryption,
    requestId: headers.requestId,
    status: hidden ? null : status,
    via,
    diagnostics: diagnose(hidden, { ETag: etag, 'x-cos-hash-crc64ecma': headers.crc64, 'x-cos-request-id': headers.requestId }, via),
  }
}

/** Browsers make https of http themselves, where a host or the page asks for that, and send the form there: it did not end elsewhere. */
function addressOf(url: string): string | undefined {
  return parseUrl(url)?.href.replace(/^http:/, 'https:')
}

// What a GET of the bucket answers: a redirect made that of the POST.
function isListing(body: string): boolean {
  return /^\s*(<\?xml[^>]*>\s*)?<List\w*Result[\s>]/.test(body)
}

function isErrorBody(body: string): boolean {
  return /^\s*(<[?!][^>]*>\s*)*<Error[\s>]/.test(body)
}

function diagnose(hidden: boolean, values: Record<(typeof always)[number], string | null>, via: UploadResult['via']): ResultDiagnostic[] {
  const code = via === 'iframe' ? 'native-form' : hidden ? 'redirect' : 'header-not-exposed'
  const why =
    code === 'header-not-exposed'
      ? `List it in ExposeHeaders of the bucket's CORS rule: ${always.join(', ')}, x-cos-version-id, Location.`
      : 'A redirect hides the headers of COS: leave success_action_redirect out and send with XHR, or let your server ask for them.'
  return always.filter((name) => values[name] === null).map((name) => ({ code, header: name, message: `${name} cannot be read. ${why}` }))
}

function redirectUnreadable(
  url: string,
  advice = 'Use a landing page of this origin that keeps its query, or leave success_action_redirect out.',
): CosUploadError<'redirect-unreadable'> {
  const page = withoutQuery(url)
  const text = `The browser landed on ${page} without "bucket", "key" and "etag" in a readable address: the object may be stored or refused. ${advice}`
  return new CosUploadError('redirect-unreadable', text, { url: page })
}

function malformed(status: number | null, problem: string): CosUploadError<'reply-malformed'> {
  const text = `The reply does not come from COS: ${problem}. Check the URL that the policy endpoint answers, and proxies on the way.`
  return new CosUploadError('reply-malformed', text, { status, problem })
}
