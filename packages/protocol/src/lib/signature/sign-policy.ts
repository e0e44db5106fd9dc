import { hmacSha1Hex, keyedDigestHex, sha1Hex } from './sha1.ts'

export interface PolicySignatureInput {
  readonly secretKey: string
  /** `1567150692;1567157892`: the form field `q-key-time`. */
  readonly keyTime: string
  /** The policy's text, or its bytes: exactly what the form field `policy` is the Base64 of. */
  readonly policy: string | Uint8Array
}

export interface PolicySignature {
  readonly signKey: string
  readonly stringToSign: string
  /** The form field `q-signature`. */
  readonly signature: string
}

/** The three steps of `official/post-object.txt`, "Generate SignKey / StringToSign / Signature". Each is lower-case hex. */
export function signPolicy({ secretKey, keyTime, policy }: PolicySignatureInput): PolicySignature {
  const signKey = hmacSha1Hex(secretKey, keyTime)
  const stringToSign = sha1Hex(policy)
  return { signKey, stringToSign, signature: hmacSha1Hex(signKey, stringToSign) }
}

/** Signs many policies of one key time: SignKey and its HMAC state are made once. */
export function createPolicySigner(secretKey: string, keyTime: string): (policy: string | Uint8Array) => string {
  return createPrefixedPolicySigner(secretKey, keyTime)('')
}

/** The same for policies whose texts begin alike, as those of a batch do: pass what comes after the beginning. */
export function createPrefixedPolicySigner(secretKey: string, keyTime: string): (prefix: string) => (rest: string | Uint8Array) => string {
  return keyedDigestHex(hmacSha1Hex(secretKey, keyTime))
}
