import { toFormElement } from '../form/to-form-element.ts'
import { outcomeUnknown } from './explain-failure.ts'
import { checkReadable } from './file-readable.ts'
import { unreadableLanding, whenForbidden } from './forbidden-form.ts'
import { redirectRequired } from './redirect-required.ts'
import { abortedError } from '../aborted-error.ts'
import type { Transport, TransportReply } from './transport.ts'

export interface NavigateTransportOptions {
  readonly window?: Window
}

/**
 * Posts a native form and leaves the page: `success_action_redirect` names where the visitor arrives, and `readLanding(location.href)` reads
 * the result there.
 *
 * Limits. Everything on the page ends, other uploads included, so it is used only when asked for. No progress. A refusal by COS shows its XML
 * to the visitor. The promise never resolves; it rejects with `outcome-unknown` when the visitor comes back to this very page from the
 * browser's cache, and with `redirect-unreadable` when the page's own CSP forbids to leave for the bucket (`form-action`).
 */
export function createNavigateTransport({ window = globalThis.window }: NavigateTransportOptions = {}): Transport {
  return async (form, { signal, onProgress }) => {
    if (signal.aborted) throw abortedError(signal)
    const redirect = form.landing
    if (!redirect) throw redirectRequired('navigation')
    const unreadable = await checkReadable(form)
    if (signal.aborted) throw abortedError(signal)
    if (unreadable) throw unreadable

    return new Promise<TransportReply>((_resolve, reject) => {
      const element = toFormElement(form, window.document)
      const controller = new AbortController()
      const listen = { signal: controller.signal }
      const release = (): void => {
        controller.abort()
        // A field called `remove` hides the form's own.
        Element.prototype.remove.call(element)
      }
      signal.addEventListener(
        'abort',
        () => {
          release()
          window.stop()
          reject(abortedError(signal))
        },
        listen,
      )
      window.addEventListener(
        'pageshow',
        ({ persisted }) => {
          if (!persisted) return
          release()
          reject(outcomeUnknown(form))
        },
        listen,
      )
      whenForbidden(window.document, form, listen, () => {
        release()
        reject(unreadableLanding(redirect))
      })
      window.document.body.append(element)
      onProgress(null, 'sending')
      // A field called `submit` hides the form's own.
      HTMLFormElement.prototype.submit.call(element)
    })
  }
}
