import { parseUrl } from '../form/parse-url.ts'
import type { NetworkProbe } from '../upload-error.ts'

export interface ProbeNetworkOptions {
  /** Where the form was sent. */
  readonly url: string
  /** The page of `success_action_redirect`, when the form had one and the request may have followed to it. */
  readonly landing?: string | null
  readonly signal: AbortSignal
  /** @default globalThis.fetch */
  readonly fetch?: (url: string, init: RequestInit) => Promise<unknown>
  /** @default navigator.onLine */
  readonly online?: boolean
  /** The page's own address. @default location.href */
  readonly page?: string
}

/**
 * Finds out what was behind a request that ended with status 0, which browsers keep to themselves. Sends up to three small requests that store nothing.
 *
 * `offline`: the browser says so. `mixed-content`: an https page may not send to http. `csp`: the page's own Content-Security-Policy forbids it
 * (`connect-src`). `unreachable`: no answer (DNS, refused, blocked). `cors`: the bucket answers, but not to this page's origin. `landing-cors`:
 * the bucket does, so it was the landing page, which is asked with `Origin: null`. `null`: everything answers now, it was a passing failure; or no POST
 * comes back though there is a way, as behind a service worker that fails with them, and of what it did before nothing is known.
 */
export async function probeNetwork(options: ProbeNetworkOptions): Promise<NetworkProbe | null> {
  const { url, landing = null, signal, online = globalThis.navigator?.onLine ?? true, page = globalThis.location?.href ?? '' } = options
  const send = options.fetch ?? globalThis.fetch
  if (!online) return 'offline'
  if (isMixed(page, url)) return 'mixed-content'

  const violations = watchPolicy([url, landing])
  const answers = async (to: string, method: string, mode: NonNullable<RequestInit['mode']>): Promise<boolean> => {
    try {
      await send(to, { method, mode, credentials: 'omit', cache: 'no-store', signal })
      return true
    } catch {
      signal.throwIfAborted()
      return false
    }
  }
  // An isolated page hears nothing from whoever does not name it.
  const silence = async (): Promise<NetworkProbe | null> =>
    (await violations.seen()) ? 'csp' : globalThis.crossOriginIsolated ? null : 'unreachable'
  try {
    // Not HEAD: a service worker that keeps what it is given can do so with the reply to a GET alone.
    const reached = await answers(url, 'GET', 'no-cors')
    // Not multipart, so COS refuses it; what counts is whether the refusal may be read. Asked in any case: a Cross-Origin-Embedder-Policy lets
    // through only this.
    if (!(await answers(url, 'POST', 'cors'))) return !reached ? await silence() : (await answers(url, 'POST', 'no-cors')) ? 'cors' : null
    if (landing === null) return null
    if (isMixed(page, landing)) return 'mixed-content'
    return (await answers(landing, 'HEAD', 'no-cors')) ? 'landing-cors' : await silence()
  } finally {
    violations.stop()
  }
}

/** https://www.w3.org/TR/mixed-content/: loopback addresses count as secure. */
function isMixed(page: string, url: string): boolean {
  const { protocol, hostname } = parseUrl(url, page || undefined) ?? {}
  return page.startsWith('https:') && protocol === 'http:' && !/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname ?? '')
}

/** A request that the page's CSP forbids fails just as an unreachable server does, but leaves an event. */
function watchPolicy(asked: readonly (string | null)[]): { seen: () => Promise<boolean>; stop: () => void } {
  let seen = false
  const controller = new AbortController()
  const listen = { signal: controller.signal }
  // Pages are also told what is only reported, and what others are forbidden.
  const note = ({ effectiveDirective, disposition, blockedURI }: SecurityPolicyViolationEvent): void => {
    const blocked = parseUrl(blockedURI)?.origin
    if (effectiveDirective === 'connect-src' && disposition === 'enforce' && asked.some((to) => to !== null && parseUrl(to)?.origin === blocked))
      seen = true
  }
  // Of a page it bubbles up to here; in a worker there is nothing above.
  globalThis.addEventListener?.('securitypolicyviolation', note, listen)
  return {
    // The event is a task of its own, which may come after the failure.
    seen: () => new Promise((resolve) => setTimeout(() => resolve(seen))),
    stop: () => controller.abort(),
  }
}
