import type { ServiceProblem } from './response/service-problem.ts'
import type { RejectionReason } from './restrict/restrictions.ts'

/** The literal codes of everything that can go wrong with one upload. */
export type UploadErrorCode = keyof UploadErrorDetails

/** What each code carries beside its text. */
export interface UploadErrorDetails {
  /** The policy endpoint did not answer, or answered with a 5xx, 408 or 429. */
  'policy-unreachable': {
    readonly url: string | null
    readonly status: number | null
    /** Seconds of the Retry-After header. */
    readonly retryAfter: number | null
  }
  /** The policy endpoint said no (4xx; 408 and 429 count as unreachable). Its own code and message are meant for the user. */
  'policy-refused': {
    readonly url: string | null
    readonly status: number | null
    readonly serverCode: string | null
    readonly serverMessage: string | null
  }
  /** The endpoint answered something that is not `PolicyReply`: HTML, a missing field, a wrong type. */
  'policy-malformed': { readonly url: string | null; readonly status: number | null; readonly problem: string }
  'policy-expired': { readonly expiresAt: string | null }
  /** The form breaks its own policy, or the file is larger than the 5 GB of one POST: found before a byte was sent. */
  'policy-mismatch': { readonly field: string; readonly condition: string; readonly expected: string; readonly actual: string | null }
  /** The form cannot be built: a duplicate or missing field, a field named `file`, a key that COS forbids. */
  'form-invalid': { readonly field: string | null; readonly problem: string }
  /**
   * Status 0 before the whole body was sent, as far as the browser told, or a 5xx of storage that could not be read. `probe` is there when the probe could tell
   * why.
   */
  network: {
    readonly probe: NetworkProbe | null
    readonly url: string
    /** Nor did the browser tell what went out at last: over HTTP/2 Chromium tells it ten times a second alone. @default false */
    readonly sentUnknown?: boolean
  }
  stalled: { readonly idleMs: number; readonly sent: number }
  /** Status 0 after the whole body was, or may have been, sent: the object may be stored. Never retried blindly. */
  'outcome-unknown': {
    readonly probe: NetworkProbe | null
    readonly url: string
    readonly key: string
    /** The browser did not tell how much was sent, so it may also be that nothing was. @default false */
    readonly sentUnknown?: boolean
  }
  /** COS refused. Codes: https://cloud.tencent.com/document/product/436/7730. */
  service: {
    readonly status: number
    /** What it comes down to, whichever of Code and Message says so. */
    readonly problem: ServiceProblem
    readonly serviceCode: string | null
    readonly serviceMessage: string | null
    readonly requestId: string | null
    readonly traceId: string | null
    readonly resource: string | null
    /** Seconds of the Retry-After header, 0 for a date where `Date` is not exposed; `null` also where the bucket's CORS rule does not expose it. */
    readonly retryAfter: number | null
  }
  'redirect-unreadable': { readonly url: string }
  'reply-malformed': { readonly status: number | null; readonly problem: string }
  'integrity-mismatch': { readonly expected: string; readonly actual: string }
  /** The browser can no longer read the file (changed, moved, or WebKit's dropped file). */
  'file-unreadable': { readonly name: string; readonly problem: string }
  /**
   * Storage accepted the file and `confirmWhen: 'always'` could not be satisfied. A retry asks again and does not send the file again, unless
   * `outcome` says that the server has answered, or `serverCode` (`receipt-…`) that it knows the receipt no more: then it sends the file again.
   */
  'confirm-failed': {
    readonly status: number | null
    readonly outcome: 'absent' | 'different' | null
    readonly problem: string
    /** The endpoint's own code, where it refused. */
    readonly serverCode?: string | null
  }
  /** `uploadAsync` was given a file that breaks a restriction. */
  'file-rejected': { readonly name: string; readonly reasons: readonly RejectionReason[] }
  aborted: { readonly reason: string | null }
}

/** What a probe could tell about a request that ended with status 0. `csp`: the page's own Content-Security-Policy forbids it. */
export type NetworkProbe = 'offline' | 'unreachable' | 'cors' | 'csp' | 'mixed-content' | 'landing-cors'

type DetailsOf<Code extends UploadErrorCode> = UploadErrorDetails[Code]

/**
 * Why an upload ended without a stored object (or without knowing). `code` is literal, `details` is typed by it, and `message` says
 * what happened, why, and what to do, in English, for developers and logs; the interface has its own texts by code.
 */
export class CosUploadError<Code extends UploadErrorCode = UploadErrorCode> extends Error {
  override readonly name = 'CosUploadError'
  readonly code: Code
  readonly details: DetailsOf<Code>

  constructor(code: Code, message: string, details: DetailsOf<Code>, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Survives realms and two copies of this package: compares the name. Narrows to `code` when one is given. */
export function isCosUploadError(error: unknown): error is AnyUploadError
export function isCosUploadError<Code extends UploadErrorCode>(error: unknown, code: Code): error is CosUploadError<Code>
export function isCosUploadError(error: unknown, wanted?: UploadErrorCode): boolean {
  // What is no object has none of these. `instanceof` would ask for this realm's.
  const found: Readonly<Record<string, unknown>> = Object(error)
  // What has no details only looks like one of ours.
  return found['name'] === 'CosUploadError' && 'details' in found && (wanted ? found['code'] === wanted : 'code' in found)
}

/** A `CosUploadError` whose `details` narrow when `code` is compared. */
export type AnyUploadError = { [Code in UploadErrorCode]: CosUploadError<Code> }[UploadErrorCode]
