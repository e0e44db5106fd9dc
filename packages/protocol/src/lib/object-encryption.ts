/** How an object is encrypted at rest. `official/common-response-headers`, "Special Headers for SSE". */
export type ObjectEncryption =
  /** Keys managed by COS. `algorithm` is `AES256`. */
  | { readonly kind: 'SSE-COS'; readonly algorithm: string }
  /** Keys of the Key Management Service. `algorithm` is `cos/kms`. */
  | { readonly kind: 'SSE-KMS'; readonly algorithm: string; readonly keyId: string | null }
  /** The caller's own key, of which COS keeps only the MD5 (Base64). */
  | { readonly kind: 'SSE-C'; readonly algorithm: string; readonly keyMd5: string | null }

/** Reads the SSE headers of any reply; `null` when it has none. @param get reads a header without regard to case */
export function readEncryption(get: (name: string) => string | null): ObjectEncryption | null {
  const own = get('x-cos-server-side-encryption-customer-algorithm')
  if (own !== null) return { kind: 'SSE-C', algorithm: own, keyMd5: get('x-cos-server-side-encryption-customer-key-MD5') }
  const algorithm = get('x-cos-server-side-encryption')
  if (algorithm === null) return null
  if (algorithm === 'AES256') return { kind: 'SSE-COS', algorithm }
  return { kind: 'SSE-KMS', algorithm, keyId: get('x-cos-server-side-encryption-cos-kms-key-id') }
}
