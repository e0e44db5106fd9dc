import { systemClock, type Clock } from '../clock.ts'
import { lazily } from '../lazily.ts'
import { abortedError } from '../aborted-error.ts'
import type { Transport } from './transport.ts'
import { startXhr, type XhrRequest } from './xhr-request.ts'

const loadReadable = lazily(() => import('./file-readable.ts'))

export interface XhrTransportOptions {
  /**
   * Milliseconds without a byte taken, after which the upload is given up as `stalled`, to the second; four times as long for a file that was given up
   * before. One that has not begun is waited for while six others go out: browsers open no more connections to a host. `Infinity` for never.
   * @default 30000
   */
  readonly stallTimeout?: number | undefined
  /**
   * Milliseconds to wait for the reply once everything is sent; then the error is `outcome-unknown`, since the object may be stored.
   * `Infinity` for never. Ways without progress add the time that the file takes at 16 KB/s. Four times as long for a file that was given up before.
   * @default 120000
   */
  readonly replyTimeout?: number | undefined
  /**
   * Reads the last byte before sending. WebKit needs it: it lets a dropped file turn unreadable and sends an empty body in its place. So does
   * Firefox: of a file that was deleted or cut short it sends the headers, and then nothing more. Chromium fails by itself, and many small files take
   * longer with it (Firefox: a tenth). @default everywhere but in the pages of Chromium
   */
  readonly readFirst?: boolean | undefined
  readonly clock?: Clock | undefined
}

/**
 * Sends the form with `XMLHttpRequest`: the way with progress and readable headers.
 *
 * Limits. Upload listeners make the browser send a CORS preflight, which the bucket's CORS rules must allow for POST. Of the headers only those
 * in ExposeHeaders are readable. With `success_action_redirect` the landing page is asked too, with `Origin: null`: unless it answers with
 * CORS headers the error is `outcome-unknown` though the object is stored. Browsers may send a POST again by themselves when a kept-alive
 * connection breaks, Firefox also when a stream of HTTP/2 is reset; no page sees that.
 *
 * Firefox tells progress every 50 ms and nothing of what went out since when the connection breaks: then the error is `outcome-unknown` with
 * `sentUnknown`, also where nothing was sent.
 *
 * Over HTTP/2 Chromium tells it every 100 ms: then the error is `network` with `sentUnknown`.
 *
 * Rejects with `aborted`, `network` (not everything was sent, as far as the browser told), `outcome-unknown` (everything was, or may have been),
 * `stalled` or `file-unreadable`.
 */
export function createXhrTransport({
  stallTimeout = 30_000,
  replyTimeout = 120_000,
  // By the engine, whatever the browser's name; no feature tells that a file may turn empty. Workers have no `vendor`.
  readFirst = !globalThis.navigator?.vendor?.startsWith('G'),
  clock = systemClock,
}: XhrTransportOptions = {}): Transport {
  const running = new Set<XhrRequest>()
  let stopLooking: (() => void) | undefined
  // Twice a second at all of them, since a busy upload reports thousands of times a second in some browsers.
  const lookAgain = (): void => {
    stopLooking = clock.after(500, () => {
      lookAgain()
      for (const request of running) request.look(clock.now())
    })
  }

  const send: Transport = (form, options) => {
    if (options.signal.aborted) return Promise.reject(abortedError(options.signal))
    const request = startXhr(form, options, { stallTimeout, replyTimeout })
    if (!running.size) lookAgain()
    running.add(request)
    const over = (): void => {
      running.delete(request)
      if (!running.size) stopLooking?.()
    }
    // Not `finally`: three more promises.
    request.reply.then(over, over)
    return request.reply
  }

  if (!readFirst) return send
  return async (form, options) => {
    const unreadable = await loadReadable().then(
      ({ checkReadable }) => checkReadable(form),
      // A body that is too small is noticed while it goes.
      () => null,
    )
    if (unreadable && !options.signal.aborted) throw unreadable
    return send(form, options)
  }
}
