import { base64OfBytes } from '@cosdrop/protocol'
import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'

const encoder = new TextEncoder()

/**
 * Signature v1 of the Tencent Cloud API, the one that COS's own STS SDK uses: Base64 of HMAC-SHA1 over method, host, `/?` and the sorted
 * parameters as they are. https://cloud.tencent.com/document/api/1312/48172
 */
export function signTencentApi(method: 'GET' | 'POST', host: string, parameters: Readonly<Record<string, string>>, secretKey: string): string {
  // As Tencent does: by code unit, so upper case first.
  const sorted = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = `${method}${host}/?${sorted.map((pair) => pair.join('=')).join('&')}`
  return base64OfBytes(hmac(sha1, encoder.encode(secretKey), encoder.encode(text)))
}
