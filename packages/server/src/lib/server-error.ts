/** What each code carries beside its text. None of it holds a key, a token or a signature. */
export interface ServerErrorDetails {
  /** The options of a policy or a handler contradict COS's documented limits, or each other. Thrown while the server starts. */
  'rules-invalid': { readonly field: string | null }
  /** The request was understood and is not granted: becomes the 4xx reply. */
  refused: {
    readonly refusal: string
    readonly status: number
    /** Which of the request's files, from 0; `null` when the request as a whole is meant. */
    readonly index: number | null
    /** Seconds, for 429. */
    readonly retryAfter: number | null
  }
  /** The credentials provider failed, or gave credentials that end too soon. */
  'credentials-unavailable': Readonly<Record<never, never>>
  /** COS (or STS) answered with an error. Codes: https://cloud.tencent.com/document/product/436/7730 */
  service: {
    readonly status: number
    readonly serviceCode: string | null
    readonly serviceMessage: string | null
    readonly requestId: string | null
    readonly traceId: string | null
    readonly resource: string | null
  }
  /** No answer at all. */
  unreachable: { readonly host: string }
  /** An answer that is not what the documentation describes. */
  'reply-malformed': { readonly problem: string }
  /** The call cannot succeed, so it was not sent. */
  unsupported: { readonly reason: string }
}

export type ServerErrorCode = keyof ServerErrorDetails

/** Everything that this package throws on purpose. `code` is literal and types `details`; `message` says what happened, why, and what to do. */
export class CosServerError<Code extends ServerErrorCode = ServerErrorCode> extends Error {
  override readonly name = 'CosServerError'
  readonly code: Code
  readonly details: ServerErrorDetails[Code]

  constructor(code: Code, message: string, details: ServerErrorDetails[Code], options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Survives realms and two copies of this package: compares the name. Narrows to `code` when one is given. */
export function isCosServerError<Code extends ServerErrorCode = ServerErrorCode>(error: unknown, code?: Code): error is CosServerError<Code> {
  return error instanceof Error && error.name === 'CosServerError' && 'code' in error && (code === undefined || error.code === code)
}
