import type { UploadResult } from '../upload-result.ts'

/** What is known of a stored object whose headers tell nothing. */
export const plainResult: UploadResult = {
  bucket: null,
  key: 'k',
  location: 'http://x/k',
  etag: null,
  versionId: null,
  crc64: null,
  integrity: 'unavailable',
  encryption: null,
  requestId: null,
  status: 204,
  via: 'xhr',
  diagnostics: [],
}
