export interface EndpointOptions {
  /** Sent with every request: a session token, a CSRF header. A function is asked anew each time. */
  readonly headers?:
    | Readonly<Record<string, string>>
    | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)
    | undefined
  /** Cookies. @default 'same-origin' */
  // Not RequestCredentials: Node's types do not have that name.
  readonly credentials?: NonNullable<RequestInit['credentials']>
  /** @default the platform's */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

/** Posts JSON to an endpoint of the app's own server. Rejects as `fetch` does, or with what `headers` threw. */
export async function postJson(url: string, body: unknown, signal: AbortSignal, options: EndpointOptions): Promise<Response> {
  const { headers, fetch = globalThis.fetch, ...init } = options
  const own = typeof headers === 'function' ? await headers() : headers
  return fetch(url, {
    ...init,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...own },
    body: JSON.stringify(body),
    signal,
  })
}
