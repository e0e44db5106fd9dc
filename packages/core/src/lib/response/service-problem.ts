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

type Finding = readonly [ServiceProblem, advice: string, RegExp?]
const gateway: Finding = ['gateway', 'A gateway gave storage up, which may have the file all the same: look for it before you try again.']

// COS swaps Code and Message on some paths (a 403 guide prints AccessDenied with the message InvalidAccessKeyId), so both are searched.
// https://cloud.tencent.com/document/product/436/7730 and 436/56215. The first match counts.
const problems: readonly (readonly [ServiceProblem, advice: string, RegExp])[] = [
  ['expired', 'Ask the policy endpoint for a new policy.', /has been expired|request has expired|ExpiredToken/i],
  ['busy', 'Wait a while, then try again.', /SlowDown|TooManyRequests|ServiceUnavailable|FreqControl|PathConflict|UploadConflict/i],
  // The last two: less came than was sent.
  ['timeout', 'Try again.', /RequestTimeout|UserNetworkTooSlow|IncompleteBody|EntitySizeNotMatch/i],
  ['clock', 'Correct the clock of the server that signs.', /RequestTimeTooSkewed|TimeTooSkewed/i],
  ['credentials', 'Check the SecretId that the policy endpoint signs with.', /InvalidAccessKeyId/i],
  ['signature', 'Check the SecretKey, and that the policy is sent exactly as it was signed.', /SignatureDoesNotMatch|signature you specified/i],
  [
    'size',
    'Choose a file within the size limits, or change content-length-range in the policy.',
    /EntityTooLarge|EntityTooSmall|content-length-range/i,
  ],
  ['condition', 'Make the form field agree with the policy at the policy endpoint.', /Condition key|InvalidPolicyDocument/i],
  ['digest', 'The bytes changed on the way, or Content-MD5 is wrong: try again.', /BadDigest|InvalidDigest/i],
  ['cors', "Allow this page's origin and POST in the bucket's CORS rules.", /AccessForbidden|CORSResponse/i],
  ['bucket', 'Check the bucket and region in the URL that the policy endpoint answers.', /NoSuchBucket/i],
  ['denied', 'Check that the credentials may do name/cos:PostObject on this key.', /AccessDenied|Access Denied/i],
]

function find({ status, serviceCode, serviceMessage, requestId }: ServiceRefusal): Finding | undefined {
  const text = `${serviceCode ?? ''} ${serviceMessage ?? ''}`
  const found = problems.find(([, , pattern]) => pattern.test(text))
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
  if (found) return found[1]
  if (details.status >= 500) return 'Storage has a fault of its own; try again.'
  // A proxy's page, such as its 413.
  if (!details.serviceCode) return 'This answer may not come from COS: check the URL that the policy endpoint gives, and proxies on the way.'
  return "See COS's list of error codes."
}
