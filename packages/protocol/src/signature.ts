export { camEncode } from './lib/cam-encode.ts'
export { formatAuthorization, parseAuthorization, readAuthorization, type AuthorizationParameters } from './lib/signature/authorization.ts'
export { keyedSha1 } from './lib/signature/keyed-sha1.ts'
export { hmacSha1Hex, sha1Hex } from './lib/signature/sha1.ts'
export {
  createPolicySigner,
  createPrefixedPolicySigner,
  signPolicy,
  type PolicySignature,
  type PolicySignatureInput,
} from './lib/signature/sign-policy.ts'
export { requestSignature, signRequest, type RequestSignature, type RequestToSign } from './lib/signature/sign-request.ts'
export { timingSafeEqual } from './lib/signature/timing-safe-equal.ts'
