import { CommandError } from '../command-error.ts'

/** Nothing answered. `reason` is the system's word for it: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly host: string
  readonly reason: string

  constructor(host: string, cause: unknown) {
    super(`${host} did not answer`, { cause })
    this.host = host
    this.reason = systemCode(cause)
  }
}

/** The system's code among the causes that fetch wraps around it, else the innermost error's own words. */
export function systemCode(error: unknown): string {
  let words = 'unknown'
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at instanceof AggregateError && at.errors.length > 0) return systemCode(at.errors[0])
    words = at.message
  }
  return words
}

/** An abort is passed on as it is, and what is no fault of the one who was asked. @throws {UnreachableError} */
export async function reach<Answer>(url: string | URL, signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    if (signal.aborted || cause instanceof CommandError || (cause instanceof Error && cause.name === 'FileChangedError')) throw cause
    throw new UnreachableError(new URL(url).host, cause)
  }
}
