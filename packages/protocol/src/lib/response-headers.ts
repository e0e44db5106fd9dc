import { readEncryption, type ObjectEncryption } from './object-encryption.ts'

/** The common response headers of COS, the version id and the SSE headers. `null`: absent, or not exposed to the page. */
export interface ResponseHeaders {
  /** Bytes. */
  readonly contentLength: number | null
  readonly contentType: string | null
  readonly connection: string | null
  /** `Wed, 29 May 2019 04:10:12 GMT`. */
  readonly date: string | null
  /** With its quotes. Not always the MD5: see the page. */
  readonly etag: string | null
  readonly lastModified: string | null
  readonly server: string | null
  readonly transferEncoding: string | null
  /** Unsigned decimal text: it exceeds 2^53. */
  readonly crc64: string | null
  readonly requestId: string | null
  /** Only when the request failed. */
  readonly traceId: string | null
  readonly location: string | null
  /** Only from a bucket with versioning enabled. `official/post-object.txt`, "Versioning". */
  readonly versionId: string | null
  readonly encryption: ObjectEncryption | null
}

/**
 * Reads the headers of a COS reply. `official/common-response-headers`.
 * @param get reads a header without regard to case, such as `headers.get.bind(headers)` or `xhr.getResponseHeader.bind(xhr)`
 */
export function readResponseHeaders(get: (name: string) => string | null): ResponseHeaders {
  const length = get('Content-Length')
  return {
    contentLength: length !== null && /^\d+$/.test(length) ? Number(length) : null,
    contentType: get('Content-Type'),
    connection: get('Connection'),
    date: get('Date'),
    etag: get('ETag'),
    lastModified: get('Last-Modified'),
    server: get('Server'),
    transferEncoding: get('Transfer-Encoding'),
    crc64: get('x-cos-hash-crc64ecma'),
    requestId: get('x-cos-request-id'),
    traceId: get('x-cos-trace-id'),
    location: get('Location'),
    versionId: get('x-cos-version-id'),
    encryption: readEncryption(get),
  }
}
