import { invalidOption } from '../policy/invalid-option.ts'
import { refusal } from '../policy/refusal.ts'

/** Which pages of other origins may use the endpoint. Pages of its own origin always may, and so may clients that are not browsers. */
export interface CrossOrigin {
  /**
   * `['https://www.example.com']`, scheme, host and port alone; `'file://'` for pages that Electron loads from files. `'*'` admits every page, so
   * `authorize` must not rest on cookies then.
   */
  readonly origins: readonly string[] | '*'
  /** Lets those pages send cookies. Not with `'*'`. @default false */
  readonly allowCredentials?: boolean | undefined
  /** Request headers that they may send beside Content-Type and Authorization. @default none */
  readonly allowHeaders?: readonly string[] | undefined
}

/** One that is written otherwise than browsers do would never be let in. @throws {CosServerError} `rules-invalid` */
export function checkOrigins(rules: CrossOrigin | undefined): void {
  if (rules === undefined || rules.origins === '*') return
  for (const text of rules.origins) {
    // Of an app's own scheme (capacitor://localhost) URL knows no origin.
    const read = URL.canParse(text) ? new URL(text).origin : 'null'
    if (/^(null|file:\/\/|[^/A-Z*]+:\/\/[^/A-Z*]+)$/.test(text) && (read === text || read === 'null')) continue
    throw invalidOption('cors', `"${text}" is no origin, such as https://www.example.com (no slash).`)
  }
}

function isSameOrigin(request: Request, origin: string): boolean {
  // Set by the browser and out of a page's reach; right also behind a proxy that changes scheme or host, of which Host says less.
  const site = request.headers.get('Sec-Fetch-Site')
  if (site) return site === 'same-origin'
  return origin.split('://')[1] === (request.headers.get('Host') ?? new URL(request.url).host)
}

/** The headers that let the asking page read the reply; none when it needs none. @throws {CosServerError} `refused`: `origin-refused` */
export function crossOriginHeaders(request: Request, rules: CrossOrigin | undefined): Readonly<Record<string, string>> {
  const origin = request.headers.get('Origin')
  if (origin === null || isSameOrigin(request, origin)) return rules === undefined ? {} : { Vary: 'Origin' }
  const listed = rules !== undefined && rules.origins !== '*' && rules.origins.includes(origin)
  if (!listed && rules?.origins !== '*') {
    throw refusal('origin-refused', `Pages of ${origin} may not ask this server for uploads. Its owner can list the origin under "cors".`)
  }
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': listed ? origin : '*',
    'Access-Control-Expose-Headers': 'Retry-After',
    ...(listed && rules.allowCredentials === true && { 'Access-Control-Allow-Credentials': 'true' }),
  }
}

/** Answers a preflight whose origin was found good. */
export function preflightReply(headers: Readonly<Record<string, string>>, rules: CrossOrigin | undefined): Response {
  const allowed = ['Content-Type', 'Authorization', ...(rules?.allowHeaders ?? [])].join(', ')
  return new Response(null, {
    status: 204,
    headers: { ...headers, 'Access-Control-Allow-Headers': allowed, 'Access-Control-Max-Age': '600' },
  })
}
