/** How the object is encrypted at rest, as COS reported it. `official/common-response-headers`, "Special Headers for SSE". */
export type { ObjectEncryption } from '@cosdrop/protocol'
import type { ObjectEncryption } from '@cosdrop/protocol'

/**
 * `verified`: CRC-64 of the file equals `x-cos-hash-crc64ecma`. `mismatch` never reaches a success: it is the error `integrity-mismatch`
 * unless the app chose to be told only. `unavailable`: the header could not be read, the file could not be hashed, or
 * the check is off.
 */
export type Integrity = 'verified' | 'unavailable' | 'mismatch'

/** Why a part of the result is `null`, with what to do about it. */
export interface ResultDiagnostic {
  /** `header-not-exposed`: the bucket's CORS rule does not list the header in ExposeHeaders. `file-not-hashed`: the page could not. */
  readonly code: 'header-not-exposed' | 'native-form' | 'redirect' | 'file-not-hashed'
  /** The header that could not be read, or not compared, in COS's spelling. */
  readonly header: string
  readonly message: string
}

/** What COS answered. Every header can be unreadable from a page: then it is `null` and `diagnostics` says why. */
export interface UploadResult {
  readonly bucket: string | null
  readonly key: string
  /** The object's URL. From the Location header, else made from the form's action and the key. */
  readonly location: string
  /** With its quotes, as sent: `"ee8de918d05640145b18f70f4c3aa602"`. */
  readonly etag: string | null
  /** `null` when versioning is off or suspended, and when the header is not exposed or a redirect hides it. */
  readonly versionId: string | null
  /** Unsigned decimal text: it exceeds 2^53. */
  readonly crc64: string | null
  readonly integrity: Integrity
  readonly encryption: ObjectEncryption | null
  readonly requestId: string | null
  /** HTTP status of the reply; `null` when no browser API shows it (native form, opaque redirect). */
  readonly status: number | null
  /** By which way the reply was read. `confirm`: the app's server asked storage. */
  readonly via: 'xhr' | 'fetch' | 'iframe' | 'navigation' | 'confirm'
  readonly diagnostics: readonly ResultDiagnostic[]
}
