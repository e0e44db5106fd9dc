export interface EndpointOptions {
  /** Sent with every request: a session token, a CSRF header. A function is asked anew each time. */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)
  /** Cookies. @default 'same-origin' */
  readonly credentials?: RequestCredentials
  /** @default the platform's */
  readonly fetch?: typeof globalThis.fetch
}

/** What became of one JSON request to an endpoint of the app's own server. */
export type EndpointOutcome =
  | { readonly kind: 'reply'; readonly value: unknown; readonly status: number }
  /** No answer, 5xx or 429: later it may be different. */
  | { readonly kind: 'unreachable'; readonly status: number | null; readonly retryAfter: number | null; readonly cause?: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string | null; readonly message: string | null }
  | { readonly kind: 'malformed'; readonly status: number; readonly problem: string }

export async function postJson(url: string, body: unknown, signal: AbortSignal, options: EndpointOptions): Promise<EndpointOutcome> {
  const { headers, credentials = 'same-origin', fetch = globalThis.fetch } = options
  let response: Response
  let text: string
  try {
    const own = typeof headers === 'function' ? await headers() : headers
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...own },
      body: JSON.stringify(body),
      credentials,
      signal,
    })
    text = await response.text()
  } catch (cause) {
    signal.throwIfAborted()
    return { kind: 'unreachable', status: null, retryAfter: null, cause }
  }
  const { status } = response
  if (status >= 500 || status === 429) return { kind: 'unreachable', status, retryAfter: readRetryAfter(response.headers) }

  const value = parse(text)
  if (!response.ok) {
    const error = isRecord(value) && isRecord(value['error']) ? value['error'] : {}
    return { kind: 'refused', status, code: textOrNull(error['code']), message: textOrNull(error['message']) }
  }
  if (value === undefined) {
    const problem = /^\s*</.test(text) ? 'HTML instead of JSON (a login page, or the app’s index page for an unknown path?)' : 'text that is not JSON'
    return { kind: 'malformed', status, problem }
  }
  return { kind: 'reply', value, status }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readRetryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 ? seconds : null
}
