import { expect, test } from 'vitest'
import { serviceAdvice, serviceProblem, type ServiceProblem } from './service-problem.ts'

test.each<[ServiceProblem, number, string | null, string | null]>([
  ['expired', 403, 'AccessDenied', 'You post object request has been expired, expiration time: 1621188104 but the time now : 1621245817'],
  ['expired', 403, 'AccessDenied', 'Request has expired'],
  ['expired', 403, 'Request has expired', null],
  ['expired', 400, 'ExpiredToken', null],
  ['busy', 503, 'SlowDown', 'Please reduce your request rate.'],
  ['busy', 503, null, null],
  ['busy', 429, null, null],
  ['timeout', 400, 'RequestTimeout', null],
  ['timeout', 400, 'UserNetworkTooSlow', null],
  ['timeout', 408, null, null],
  ['timeout', 400, 'IncompleteBody', null],
  ['timeout', 400, 'EntitySizeNotMatch', null],
  ['busy', 409, 'PathConflict', 'Path conflict.'],
  ['busy', 409, 'UploadConflict', null],
  ['clock', 403, 'RequestTimeTooSkewed', null],
  ['credentials', 403, 'InvalidAccessKeyId', null],
  ['credentials', 403, 'AccessDenied', 'InvalidAccessKeyId'],
  ['signature', 403, 'SignatureDoesNotMatch', 'The Signature you specified is invalid.'],
  ['signature', 403, 'AccessDenied', 'SignatureDoesNotMatch'],
  ['condition', 403, 'AccessDenied', "Condition key acl doesn't match the value private"],
  ['condition', 400, 'InvalidPolicyDocument', 'You must provide condition if you specify a policy in post object request.'],
  ['size', 400, 'EntityTooLarge', "Condition key content-length-range doesn't match the value "],
  ['digest', 400, 'BadDigest', null],
  ['cors', 403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed.'],
  ['bucket', 404, 'NoSuchBucket', null],
  ['denied', 403, 'AccessDenied', 'Access Denied.'],
  ['other', 400, 'InvalidArgument', null],
  ['other', 500, 'InternalError', null],
  ['other', 400, null, null],
])('calls it "%s": %d %s %s', (problem, status, serviceCode, serviceMessage) => {
  expect(serviceProblem({ status, serviceCode, serviceMessage })).toBe(problem)
  expect(serviceAdvice({ status, serviceCode, serviceMessage })).toMatch(/\w.*\.$/)
})

test('says of a fault of storage itself that another try may help', () => {
  expect(serviceAdvice({ status: 500, serviceCode: 'InternalError', serviceMessage: null })).toBe('Storage has a fault of its own; try again.')
})

test.each([502, 504, 520])('says of a gateway that gave storage up with %i that storage may have the file', (status) => {
  const refusal = { status, serviceCode: null, serviceMessage: null }
  expect(serviceProblem(refusal)).toBe('gateway')
  expect(serviceAdvice(refusal)).toContain('may have the file')
  // That is storage's own word.
  expect(serviceProblem({ ...refusal, requestId: 'NjUw' })).toBe('other')
  expect(serviceProblem({ ...refusal, serviceCode: 'InternalError' })).toBe('other')
})

test('does not send to the list of COS for a refusal that has none of its codes, as of a proxy', () => {
  const proxy = { status: 413, serviceCode: null, serviceMessage: null }
  expect(serviceAdvice(proxy)).toBe('This answer may not come from COS: check the URL that the policy endpoint gives, and proxies on the way.')
  expect(serviceAdvice({ ...proxy, serviceCode: 'MissingContentLength' })).toBe("See COS's list of error codes.")
})
