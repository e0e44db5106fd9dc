/**
 * What a page cannot read of COS's replies unless the bucket's CORS rule lists it in ExposeHeaders, and what the upload engine reads.
 * https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name names the few that need no listing.
 */
export const HEADERS_TO_EXPOSE = [
  'ETag',
  'Location',
  'Date',
  'Retry-After',
  'x-cos-request-id',
  'x-cos-trace-id',
  'x-cos-version-id',
  'x-cos-hash-crc64ecma',
  'x-cos-server-side-encryption',
  'x-cos-server-side-encryption-cos-kms-key-id',
  'x-cos-server-side-encryption-customer-algorithm',
  'x-cos-server-side-encryption-customer-key-MD5',
] as const
