/** Bytes as they arrive. The Node server and `fetch(Request)` both feed it; nothing behind it knows which one did. */
export type ByteSource = AsyncIterable<Uint8Array>

/** A request as it came over the wire, before anything is decided about it. */
export interface CosRequest {
  readonly method: string
  /** Path and query, still percent-encoded: `/folder/a%20b?versionId=…`. */
  readonly target: string
  /** The Host header, with the port. */
  readonly host: string
  readonly headers: Headers
  /** `null` when the request says nothing about its length. */
  readonly contentLength: number | null
  /** Whether a missing length is known to be missing on the wire. A `Request` object gets its Content-Length only when it is sent. */
  readonly lengthRequired: boolean
  /** Where it came from. The page and the admin endpoint are for this machine alone. */
  readonly remote: 'in-process' | 'loopback' | 'elsewhere'
  readonly body: ByteSource
}
