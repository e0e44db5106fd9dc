import { toFormElement } from '../form/to-form-element.ts'
import type { PostForm } from '../form/post-form.ts'
import { outcomeUnknown } from './explain-failure.ts'
import { checkReadable } from './file-readable.ts'
import { unreadableLanding, whenForbidden } from './forbidden-form.ts'
import { redirectRequired } from './redirect-required.ts'
import { afterDeadline, type ReplyDeadlineOptions } from './reply-deadline.ts'
import { untilAborted } from '../abort.ts'
import { abortedError } from '../aborted-error.ts'
import type { Transport, TransportOptions, TransportReply } from './transport.ts'

export interface NavigateTransportOptions extends ReplyDeadlineOptions {
  readonly window?: Window
}

/** Pages that are being left: a second form would take the place of the first one, however much of that is out. */
const departures = new WeakMap<Window, Promise<unknown>>()

/**
 * Posts a native form and leaves the page: `success_action_redirect` names where the visitor arrives, and `readLanding(location.href)` reads
 * the result there.
 *
 * Limits. Everything on the page ends, other uploads included, so it is used only when asked for; what is added meanwhile waits. No progress. A
 * refusal by COS shows its XML to the visitor. The promise never resolves; it rejects with `outcome-unknown` when the visitor comes back to this
 * very page from the browser's cache, or the page is still there after `replyTimeout` (a 204, a download, a visitor who wants to stay), and with
 * `redirect-unreadable` when the page's own CSP forbids to leave for the bucket (`form-action`).
 */
export function createNavigateTransport({ window = globalThis.window, ...deadline }: NavigateTransportOptions = {}): Transport {
  const leave = async (form: PostForm, redirect: string, { signal, onProgress }: TransportOptions): Promise<TransportReply> => {
    const unreadable = await checkReadable(form)
    if (signal.aborted) throw abortedError(signal)
    if (unreadable) throw unreadable

    return new Promise<TransportReply>((_resolve, reject) => {
      const element = toFormElement(form, window.document)
      const controller = new AbortController()
      const listen = { signal: controller.signal }
      const stopTimer = afterDeadline(form, deadline, () => {
        release()
        reject(outcomeUnknown(form))
      })
      const release = (): void => {
        stopTimer()
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

  return async (form, sending) => {
    const { signal } = sending
    if (signal.aborted) throw abortedError(signal)
    const redirect = form.landing
    if (!redirect) throw redirectRequired('navigation')
    const earlier = Promise.resolve(departures.get(window))
    const departure = untilAborted(signal, earlier).then(
      () => leave(form, redirect, sending),
      () => Promise.reject(abortedError(signal)),
    )
    // Whoever gives up waiting lets nobody go ahead of the first.
    departures.set(
      window,
      Promise.allSettled([earlier, departure]).then(() => {}),
    )
    return departure
  }
}
