import { systemClock, type Clock } from '../clock.ts'
import { formField } from '../form/form-key.ts'
import { toFormData } from '../form/to-form-data.ts'
import { checkReadable, fileUnreadable } from './file-readable.ts'
import { createStallTimer } from './stall-timer.ts'
import { abortedError, explained, networkError, outcomeUnknown, stalledError } from './transport-error.ts'
import type { Transport, TransportReply } from './transport.ts'

export interface XhrTransportOptions {
  /** Milliseconds without a byte taken, after which the upload is given up as `stalled`. `Infinity` for never. @default 30000 */
  readonly stallTimeout?: number
  /**
   * Milliseconds to wait for the reply once everything is sent; then the error is `outcome-unknown`, since the object may be stored.
   * `Infinity` for never. @default 120000
   */
  readonly replyTimeout?: number
  /**
   * Reads the first byte before sending. WebKit needs it: it lets a dropped file turn unreadable and sends an empty body in its place. Other
   * browsers fail by themselves, and many small files take a quarter longer with it. @default in WebKit only
   */
  readonly readFirst?: boolean
  readonly clock?: Clock
}

/**
 * Sends the form with `XMLHttpRequest`: the way with progress and readable headers.
 *
 * Limits. Upload listeners make the browser send a CORS preflight, which the bucket's CORS rules must allow for POST. Of the headers only those
 * in ExposeHeaders are readable. With `success_action_redirect` the landing page is asked too, with `Origin: null`: unless it answers with
 * CORS headers the error is `outcome-unknown` though the object is stored. Browsers may send a POST again by themselves when a kept-alive
 * connection breaks; no page sees that.
 *
 * Rejects with `aborted`, `network` (not everything was sent), `outcome-unknown` (everything was, or may have been), `stalled` or `file-unreadable`.
 */
export function createXhrTransport(options: XhrTransportOptions = {}): Transport {
  const { stallTimeout = 30_000, replyTimeout = 120_000, clock = systemClock } = options
  return async (form, { signal, onProgress }) => {
    if (signal.aborted) throw abortedError(signal)
    const { file, filename } = form
    if (options.readFirst ?? isWebKit()) {
      const unreadable = await checkReadable(file, filename)
      if (signal.aborted) throw abortedError(signal)
      if (unreadable) throw unreadable
    }

    return new Promise<TransportReply>((resolve, reject) => {
      const xhr = new XMLHttpRequest()
      const controller = new AbortController()
      const listen = { signal: controller.signal }
      let sent = 0
      let waiting = false

      const release = (): void => {
        controller.abort()
        stall.stop()
      }
      const fail = (error: Error | Promise<Error>): void => {
        release()
        xhr.abort()
        void Promise.resolve(error).then(reject)
      }
      const stall = createStallTimer(clock, () => {
        const silence = `no reply came for ${Math.round(replyTimeout / 1000)} s, and the upload was given up`
        fail(explained(waiting ? outcomeUnknown(form, silence) : stalledError(stallTimeout, sent), form))
      })
      const sentAll = (): void => {
        if (waiting) return
        waiting = true
        stall.restart(replyTimeout)
        onProgress(sent, 'waiting')
      }
      const sentSome = ({ loaded, total }: ProgressEvent): void => {
        if (total === 0) return
        // The body is the file and its frame; a body smaller than the file is WebKit's empty one.
        if (total < file.size) return fail(fileUnreadable(filename, 'the browser sends fewer bytes than it has'))
        // The file is last, so the frame goes out first. 100 % is for a reply that was read.
        const next = Math.min(loaded - (total - file.size), file.size - 1)
        if (next > sent) {
          sent = next
          if (loaded < total) onProgress(sent, 'sending')
        }
        if (loaded >= total) sentAll()
        else if (!waiting) stall.restart(stallTimeout)
      }

      signal.addEventListener('abort', () => fail(abortedError(signal)), listen)
      // Not `loadstart`: for a file of the disk Chromium does not know the total before the first bytes are out, and tells too little.
      xhr.upload.addEventListener('progress', sentSome, listen)
      xhr.upload.addEventListener('load', sentAll, listen)
      xhr.addEventListener(
        'load',
        () => {
          release()
          resolve(readXhr(xhr))
        },
        listen,
      )
      xhr.addEventListener(
        'error',
        () => {
          // Chromium reports no end of sending before a redirect that it may not follow.
          if (waiting || formField(form, 'success_action_redirect')) fail(explained(outcomeUnknown(form), form))
          else fail(checkReadable(file, filename).then((error) => error ?? explained(networkError(form), form)))
        },
        listen,
      )

      xhr.open('POST', form.action)
      xhr.responseType = 'text'
      stall.restart(stallTimeout)
      xhr.send(toFormData(form))
    })
  }
}

/** Every browser with this engine, whatever its name; no feature tells that a file may turn empty. Workers have no `vendor`. */
function isWebKit(): boolean {
  return String(navigator.vendor).startsWith('Apple')
}

function readXhr(xhr: XMLHttpRequest): TransportReply {
  // Asking for one header that is not exposed makes browsers log an error; the list of all is silent.
  const headers = new Headers()
  for (const line of xhr.getAllResponseHeaders().split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1))
  }
  return { status: xhr.status, header: (name) => headers.get(name), body: xhr.responseText, url: xhr.responseURL, via: 'xhr' }
}
