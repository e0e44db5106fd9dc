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

/** Looks through the causes that fetch wraps around the one that matters. */
function systemCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at instanceof AggregateError && at.errors.length > 0) return systemCode(at.errors[0])
  }
  return error instanceof Error ? error.message : 'unknown'
}

/** An abort is passed on as it is. @throws {UnreachableError} */
export async function reach<Answer>(url: string | URL, signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    if (signal.aborted || (cause instanceof Error && cause.name === 'FileChangedError')) throw cause
    throw new UnreachableError(new URL(url).host, cause)
  }
}
