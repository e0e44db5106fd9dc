import { ERRORS, type CosErrorCode } from './error-table.ts'

/** Why a request was refused, for the developer who looks at the emulator's page. Never contains a secret. */
export interface Explanation {
  /** The rule that was broken: a policy condition, a documented limit. */
  readonly condition: string
  /** What the request sent instead; `null` when it sent nothing. */
  readonly value: string | null
  /** One sentence on what to change. */
  readonly fix: string
}

export interface CosErrorOptions extends ErrorOptions {
  /** Replaces the table's message on the wire. */
  readonly message?: string
  readonly explanation?: Explanation
  /** Further children of the error XML, such as StringToSign. */
  readonly extra?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** The error XML's Resource without the key: what COS does for a body that it could not read (facts §5). */
  readonly bareResource?: boolean
}

/** A refusal that COS would answer with error XML. Thrown anywhere, written in one place (`error-reply.ts`). */
export class CosError extends Error {
  override readonly name = 'CosError'
  readonly code: CosErrorCode
  readonly status: number
  readonly explanation: Explanation | null
  readonly extra: Readonly<Record<string, string>> | null
  readonly headers: Readonly<Record<string, string>>
  readonly bareResource: boolean

  constructor(code: CosErrorCode, options: CosErrorOptions = {}) {
    const [status, message] = ERRORS[code]
    super(options.message ?? message, options)
    this.code = code
    this.status = status
    this.explanation = options.explanation ?? null
    this.extra = options.extra ?? null
    this.headers = options.headers ?? {}
    this.bareResource = options.bareResource ?? false
  }
}

/** The client went away: there is nobody left to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}
