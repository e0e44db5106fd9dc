import { systemClock, type Clock } from '../clock.ts'
import { toFormData } from '../form/to-form-data.ts'
import { abortedError, failure, fileChanged } from './transport-error.ts'
import type { Transport } from './transport.ts'

export interface XhrTransportOptions {
  /** Milliseconds without a byte taken, after which the upload is given up as `stalled`, to the second. `Infinity` for never. @default 30000 */
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
export function createXhrTransport({
  stallTimeout = 30_000,
  replyTimeout = 120_000,
  // Every browser with this engine, whatever its name; no feature tells that a file may turn empty. Workers have no `vendor`.
  readFirst = globalThis.navigator?.vendor?.startsWith('Apple'),
  clock = systemClock,
}: XhrTransportOptions = {}): Transport {
  const running = new Set<() => void>()
  let stopLooking: (() => void) | undefined
  // Once a second at all of them, since a busy upload reports thousands of times a second in some browsers.
  const lookAgain = (): void => {
    stopLooking = clock.after(1_000, () => {
      lookAgain()
      for (const look of running) look()
    })
  }

  const send: Transport = (form, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) throw abortedError(signal)
      const xhr = new XMLHttpRequest()
      const { size } = form.file
      let sent = 0
      let waiting = false
      let heardAt = clock.now()
      let failed: Promise<Error> | undefined

      const abort = (): void => xhr.abort()
      const look = (): void => {
        if (clock.now() - heardAt < (waiting ? replyTimeout : stallTimeout)) return
        if (!waiting) failed = failure(form, 'stalled', { idleMs: stallTimeout, sent })
        abort()
      }

      xhr.open('POST', form.action)
      // Not `loadstart`: for a file of the disk Chromium does not know the total before the first bytes are out, and tells too little.
      xhr.upload.onprogress = xhr.upload.onload = ({ loaded, total }) => {
        if (waiting || !total) return
        // The body is the file and its frame; a body smaller than the file is WebKit's empty one.
        if (total < size) {
          failed = fileChanged(form)
          return abort()
        }
        waiting = loaded >= total
        // The file is last, so the frame goes out first. 100 % is for a reply that was read.
        sent = Math.max(sent, Math.min(loaded - total, -1) + size)
        heardAt = clock.now()
        if (waiting || sent) onProgress(sent, waiting ? 'waiting' : 'sending')
      }
      // After a reply, an error, and a request that was given up.
      xhr.onloadend = () => {
        running.delete(look)
        if (running.size === 0) stopLooking?.()
        signal.removeEventListener('abort', abort)
        const { status } = xhr
        if (status) {
          // Asking for one header that is not exposed makes browsers log an error; the list of all is silent. Its names are in lower case
          // (https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method). jsdom and MSW leave out the last line's end.
          const lines = `\n${xhr.getAllResponseHeaders()}\r\n`
          const header = (name: string): string | null => {
            const start = `\n${name.toLowerCase()}: `
            const at = lines.indexOf(start)
            return at < 0 ? null : lines.slice(at + start.length, lines.indexOf('\r\n', at))
          }
          resolve({ status, header, body: xhr.responseText, url: xhr.responseURL, via: 'xhr' })
        } else if (signal.aborted) reject(abortedError(signal))
        else {
          // Chromium reports no end of sending before a redirect that it may not follow.
          const lost = waiting || form.values.get('success_action_redirect')
          const { action: url } = form
          failed ??= lost ? failure(form, 'outcome-unknown', { probe: null, url, key: form.key }) : failure(form, 'network', { probe: null, url })
          void failed.then(reject)
        }
      }
      xhr.send(toFormData(form))
      signal.addEventListener('abort', abort)
      if (running.add(look).size === 1) lookAgain()
    })

  if (!readFirst) return send
  return async (form, sending) => {
    const { file } = form
    // jsdom has blobs that nobody can read.
    const read = file.slice(0, 1).arrayBuffer?.()
    const gone = await read?.then(
      (first) => first.byteLength < 1 && file.size > 0,
      () => true,
    )
    if (gone) throw await fileChanged(form)
    return send(form, sending)
  }
}
