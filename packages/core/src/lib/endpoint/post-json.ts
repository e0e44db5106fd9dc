export interface EndpointOptions {
  /** Sent with every request: a session token, a CSRF header. A function is asked anew each time. */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)
  /** Cookies. @default 'same-origin' */
  readonly credentials?: RequestCredentials
  /** @default the platform's */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

/** What came back from an endpoint of the app's own server; `json` is `undefined` for text that is none. */
export type EndpointReply =
  | { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: unknown }
  | { readonly status: null; readonly cause: unknown }

/** Posts JSON. Rejects only with the signal's reason. */
export async function postJson(url: string, body: unknown, signal: AbortSignal, options: EndpointOptions): Promise<EndpointReply> {
  const { headers, credentials = 'same-origin', fetch = globalThis.fetch } = options
  try {
    const own = typeof headers === 'function' ? await headers() : headers
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...own },
      body: JSON.stringify(body),
      credentials,
      signal,
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: parse(text) }
  } catch (cause) {
    signal.throwIfAborted()
    return { status: null, cause }
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
