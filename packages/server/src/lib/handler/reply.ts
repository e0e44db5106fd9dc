import { isCosServerError, type CosServerError } from '../server-error.ts'

/** Called with what an operator should know: everything but refusals. What it returns, or fails with, is of no consequence. */
export type ErrorListener = (error: unknown) => unknown

/** A log that is away itself must neither take the reply nor end the process. */
export function report(error: unknown, onError: ErrorListener | undefined): void {
  void (async () => onError?.(error))().catch(() => {})
}

/** Policies are permissions, so no cache may keep them. */
export function jsonReply(json: string | Uint8Array<ArrayBuffer>, status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(json, { status, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers } })
}

function refusedReply(error: CosServerError<'refused'>, headers: Readonly<Record<string, string>>): Response {
  const { refusal: code, status, index, retryAfter } = error.details
  const body = { error: { code, message: error.message, ...(index !== null && { index }) } }
  return jsonReply(JSON.stringify(body), status, { ...headers, ...(retryAfter !== null && { 'Retry-After': String(retryAfter) }) })
}

/** What the page gets for anything thrown. Only refusals speak for themselves: any other text may hold what is nobody's business. */
export function errorReply(error: unknown, headers: Readonly<Record<string, string>>, onError: ErrorListener | undefined): Response {
  if (isCosServerError(error, 'refused')) return refusedReply(error, headers)
  report(error, onError)
  const code = isCosServerError(error, 'credentials-unavailable') ? 'credentials-unavailable' : 'server-error'
  const message = 'The server could not do its part of the upload. The reason is in its log; try again later.'
  return jsonReply(JSON.stringify({ error: { code, message } }), code === 'server-error' ? 500 : 503, headers)
}
