/** What a page cannot read of COS's replies unless a rule exposes it, and the library reads. https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
export const EXPOSED_HEADERS = [
  'ETag',
  'Location',
  'Date',
  'x-cos-request-id',
  'x-cos-trace-id',
  'x-cos-version-id',
  'x-cos-hash-crc64ecma',
  'x-cos-server-side-encryption',
  'x-cos-server-side-encryption-cos-kms-key-id',
  'x-cos-server-side-encryption-customer-algorithm',
  'x-cos-server-side-encryption-customer-key-MD5',
] as const

/** Those that the list of a rule, or of `Access-Control-Expose-Headers`, lacks. Names are compared without regard to case. */
export function missingHeaders(exposed: readonly string[]): readonly string[] {
  const known = new Set(exposed.map((name) => name.toLowerCase()))
  return EXPOSED_HEADERS.filter((name) => !known.has(name.toLowerCase()))
}
