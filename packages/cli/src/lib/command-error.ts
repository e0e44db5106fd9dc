/** Ends the command with a text for the person at the terminal: what happened, why, what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  /** `usage` ends with 2, `failure` with 1. */
  readonly kind: 'usage' | 'failure'
  /** For programs: stands in the JSON. */
  readonly code: string

  constructor(kind: CommandError['kind'], code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.code = code
  }
}
