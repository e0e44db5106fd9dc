import { toFormData } from '../form/to-form-data.ts'
import { networkError, outcomeUnknown } from './explain-failure.ts'
import { checkReadable } from './file-readable.ts'
import { afterDeadline, type ReplyDeadlineOptions } from './reply-deadline.ts'
import { abortedError } from '../aborted-error.ts'
import type { Transport } from './transport.ts'

export interface FetchTransportOptions extends ReplyDeadlineOptions {
  /** @default globalThis.fetch */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

// Reasons that come before the first byte: no address, no connection, no trust. Node and Bun have codes for them, Deno has words.
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|CERT_\w+|UNABLE_TO_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+)$|: client error \(Connect\): /

/**
 * Sends the form with `fetch`: for Node, and for redirects to another origin.
 *
 * Limits. No progress. fetch does not tell how much was sent, so every failure but those that surely came before the first byte (Node, Bun and
 * Deno name them; browsers do not) is `outcome-unknown`. Redirects are not followed: Node shows the 303 with its Location; a browser shows an
 * opaque redirect, which hides where to, and the ETag: COS redirects only what is stored, but a proxy's login redirects, too. In a browser no
 * CORS preflight is needed.
 */
export function createFetchTransport(options: FetchTransportOptions = {}): Transport {
  return async (form, { signal, onProgress }) => {
    const unreadable = await checkReadable(form)
    if (signal.aborted) throw abortedError(signal)
    if (unreadable) throw unreadable
    const send = options.fetch ?? globalThis.fetch
    const controller = new AbortController()
    const abort = (): void => controller.abort(signal.reason)
    const stopTimer = afterDeadline(form, options, () => controller.abort())
    signal.addEventListener('abort', abort)
    try {
      onProgress(null, 'sending')
      const response = await send(form.action, {
        method: 'POST',
        body: toFormData(form),
        redirect: 'manual',
        credentials: 'omit',
        signal: controller.signal,
      })
      const opaque = response.type === 'opaqueredirect'
      return {
        status: opaque ? null : response.status,
        header: (name) => response.headers.get(name),
        body: await response.text(),
        url: opaque ? null : response.url,
        via: 'fetch',
      }
    } catch (cause) {
      if (signal.aborted) throw abortedError(signal)
      const changed = await checkReadable(form)
      if (changed) throw changed
      throw beforeSending.test(reasonOf(cause)) ? networkError(form, cause) : outcomeUnknown(form, cause)
    } finally {
      stopTimer()
      signal.removeEventListener('abort', abort)
    }
  }
}

function reasonOf(error: unknown): string {
  // Bun's error has no cause: it is the reason itself.
  const reason = error instanceof Error ? (error.cause ?? error) : null
  if (reason instanceof Object && 'code' in reason) return String(reason.code)
  return reason instanceof Error ? reason.message : ''
}
