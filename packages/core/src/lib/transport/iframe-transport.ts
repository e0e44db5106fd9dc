import { toFormElement } from '../form/to-form-element.ts'
import type { PostForm } from '../form/post-form.ts'
import { readLanding } from '../response/read-landing.ts'
import { outcomeUnknown } from './explain-failure.ts'
import { checkReadable } from './file-readable.ts'
import { unreadableLanding, whenForbidden } from './forbidden-form.ts'
import { redirectRequired } from './redirect-required.ts'
import { afterDeadline, type ReplyDeadlineOptions } from './reply-deadline.ts'
import { abortedError } from '../aborted-error.ts'
import type { Transport, TransportReply } from './transport.ts'

export interface IframeTransportOptions extends ReplyDeadlineOptions {
  readonly document?: Document
}

/**
 * Posts a native form into a hidden iframe and reads where it lands: the way for `success_action_redirect` to a page of this origin.
 *
 * Limits. No progress, no status, no headers: the landing address gives bucket, key and ETag. It must be of the page's own origin, keep its
 * query, and let itself be framed (`X-Frame-Options`, `frame-ancestors`); the page's own CSP must allow the bucket and the
 * landing page in `form-action` and `frame-src`. A refusal by COS lands on COS's origin, whose page cannot be read: `redirect-unreadable`, as for
 * every other unreadable page. A reply that leaves the frame where it is (204) is never heard of: `outcome-unknown` after `replyTimeout`.
 */
export function createIframeTransport({ document = globalThis.document, ...deadline }: IframeTransportOptions = {}): Transport {
  return async (form, { signal, onProgress }) => {
    const redirect = form.landing
    if (!redirect) throw redirectRequired('iframe')
    const unreadable = await checkReadable(form)
    if (signal.aborted) throw abortedError(signal)
    if (unreadable) throw unreadable

    return new Promise<TransportReply>((resolve, reject) => {
      const iframe = document.createElement('iframe')
      iframe.name = `cosdrop-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`
      const element = toFormElement(form, document)
      element.target = iframe.name
      // Taken out as one: a field called `remove` hides the form's own.
      const both = document.createElement('div')
      // Not `hidden`: any style of the app's for frames outdoes that.
      both.style.display = 'none'
      both.append(iframe, element)

      const controller = new AbortController()
      const listen = { signal: controller.signal }
      const end = (otherwise: (form: PostForm) => Error): void => {
        const url = frameUrl(iframe)
        release()
        if (url !== null && readLanding(url)) resolve({ status: null, header: () => null, body: '', url, via: 'iframe' })
        else reject(otherwise(form))
      }
      // A page that waits for an image of its own has no `load` yet, but an address.
      const stopTimer = afterDeadline(form, deadline, () => end(outcomeUnknown))
      const release = (): void => {
        stopTimer()
        controller.abort()
        both.remove()
      }
      signal.addEventListener(
        'abort',
        () => {
          release()
          reject(abortedError(signal))
        },
        listen,
      )
      iframe.addEventListener(
        'load',
        () => {
          // Some browsers also report the empty page that an iframe begins with.
          if (frameUrl(iframe) !== 'about:blank') end(() => unreadableLanding(redirect))
        },
        listen,
      )
      whenForbidden(document, form, listen, () => {
        release()
        reject(unreadableLanding(redirect))
      })
      document.body.append(both)
      onProgress(null, 'sending')
      // A field called `submit` hides the form's own.
      HTMLFormElement.prototype.submit.call(element)
    })
  }
}

/** `null` when the frame shows a page of another origin: a landing page elsewhere, COS's error, or the browser's own error page. */
function frameUrl(iframe: HTMLIFrameElement): string | null {
  try {
    return iframe.contentWindow?.location.href ?? null
  } catch {
    return null
  }
}
