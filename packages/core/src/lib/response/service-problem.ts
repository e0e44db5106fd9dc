import { isOfGateway } from '../upload-doubt.ts'
import type { UploadErrorDetails } from '../upload-error.ts'

type Details = UploadErrorDetails['service']
export type ServiceRefusal = Pick<Details, 'status' | 'serviceCode' | 'serviceMessage'> & Partial<Pick<Details, 'requestId'>>

/** What a refusal by COS comes down to, as far as something can be done about it. */
export type ServiceProblem =
  | 'expired'
  | 'busy'
  | 'timeout'
  | 'clock'
  | 'credentials'
  | 'signature'
  | 'condition'
  | 'size'
  | 'digest'
  | 'cors'
  | 'bucket'
  | 'denied'
  /** Something between here and storage gave it up, which may have the file. */
  | 'gateway'
  | 'other'

// COS swaps Code and Message on some paths (a 403 guide prints AccessDenied with the message InvalidAccessKeyId), so both are searched.
// https://cloud.tencent.com/document/product/436/7730 and 436/56215. The first match counts.
type Row = readonly [ServiceProblem, RegExp | null, advice: string]
const gateway: Row = ['gateway', null, 'A gateway gave storage up, which may have the file all the same: look for it before you try again.']
const problems: readonly Row[] = [
  ['expired', /has been expired|request has expired|ExpiredToken/i, 'Ask the policy endpoint for a new policy.'],
  ['busy', /SlowDown|TooManyRequests|ServiceUnavailable|FreqControl|PathConflict|UploadConflict/i, 'Wait a while, then try again.'],
  // The last two: less came than was sent.
  ['timeout', /RequestTimeout|UserNetworkTooSlow|IncompleteBody|EntitySizeNotMatch/i, 'Try again.'],
  ['clock', /RequestTimeTooSkewed|TimeTooSkewed/i, 'Correct the clock of the server that signs.'],
  ['credentials', /InvalidAccessKeyId/i, 'Check the SecretId that the policy endpoint signs with.'],
  ['signature', /SignatureDoesNotMatch|signature you specified/i, 'Check the SecretKey, and that the policy is sent exactly as it was signed.'],
  [
    'size',
    /EntityTooLarge|EntityTooSmall|content-length-range/i,
    'Choose a file within the size limits, or change content-length-range in the policy.',
  ],
  ['condition', /Condition key|InvalidPolicyDocument/i, 'Make the form field agree with the policy at the policy endpoint.'],
  ['digest', /BadDigest|InvalidDigest/i, 'The bytes changed on the way, or Content-MD5 is wrong: try again.'],
  ['cors', /AccessForbidden|CORSResponse/i, "Allow this page's origin and POST in the bucket's CORS rules."],
  ['bucket', /NoSuchBucket/i, 'Check the bucket and region in the URL that the policy endpoint answers.'],
  ['denied', /AccessDenied|Access Denied/i, 'Check that the credentials may do name/cos:PostObject on this key.'],
]

function find({ status, serviceCode, serviceMessage, requestId }: ServiceRefusal): Row | undefined {
  const text = `${serviceCode ?? ''} ${serviceMessage ?? ''}`
  const found = problems.find(([, pattern]) => pattern?.test(text))
  if (found) return found
  if (status === 429 || status === 503) return problems[1]
  return status === 408 ? problems[2] : isOfGateway(status, serviceCode || requestId, null) ? gateway : undefined
}

/** Classifies a refusal by Code or Message, and by status where it has neither. */
export function serviceProblem(details: ServiceRefusal): ServiceProblem {
  return find(details)?.[0] ?? 'other'
}

/** One sentence on what to do about it. */
export function serviceAdvice(details: ServiceRefusal): string {
  const found = find(details)
  if (found) return found[2]
  if (details.status >= 500) return 'Storage has a fault of its own; try again.'
  // A proxy's page, such as its 413.
  if (!details.serviceCode) return 'This answer may not come from COS: check the URL that the policy endpoint gives, and proxies on the way.'
  return "See COS's list of error codes."
}
