import { abortedError } from '../aborted-error.ts'
import { toFormData } from '../form/to-form-data.ts'
import type { PostForm } from '../form/post-form.ts'
import { slowest } from './slowest.ts'
import { failure, fileChanged, whatWasSent } from './transport-error.ts'
import type { TransportOptions, TransportReply } from './transport.ts'

/** One upload on its way. */
export interface XhrRequest {
  readonly reply: Promise<TransportReply>
  /** Gives the upload up when nothing was heard of it for too long. To be called now and then. */
  readonly look: (now: number) => void
}

/** Milliseconds. */
export interface XhrPatience {
  readonly stallTimeout: number
  readonly replyTimeout: number
}

/** Sends one form by an `XMLHttpRequest` of its own. */
export function startXhr(form: PostForm, { signal, onProgress }: TransportOptions, { stallTimeout, replyTimeout }: XhrPatience): XhrRequest {
  const xhr = new XMLHttpRequest()
  const { file, action } = form
  const { size } = file
  const worker = findWorker()
  const hidden = worker && (worker !== told.worker || action !== told.action)
  let sent = 0
  let waiting = false
  // 0: since the last look.
  let heardAt = 0
  let late = false
  let toldAt = Infinity
  let failed: Promise<Error> | undefined
  const untold = (): boolean | null => hidden && toldAt === Infinity
  const abort = (): void => xhr.abort()

  const reply = new Promise<TransportReply>((resolve, reject) => {
    // Not `loadstart`: for a file of the disk Chromium does not know the total before the first bytes are out, and tells too little. Not `load`: it
    // follows a `progress` that tells as much (https://xhr.spec.whatwg.org/#the-send()-method, processRequestEndOfBody).
    xhr.upload.onprogress = ({ loaded, total, timeStamp }) => {
      // Also of a body that the browser sends again by itself, after a redirect or on another connection.
      heardAt = 0
      if (waiting || !total) return
      // The body is the file and its frame; a body smaller than the file is WebKit's empty one.
      if (total < size) {
        failed = fileChanged(form)
        return abort()
      }
      waiting = loaded >= total
      // The file is last, so the frame goes out first. 100 % is for a reply that was read.
      sent = Math.max(sent, size + Math.min(loaded - total, -1))
      moving.add(xhr)
      toldAt = timeStamp
      if (hidden) told = { worker, action }
      if (waiting || sent) onProgress(sent, waiting ? 'waiting' : 'sending')
    }

    // After a reply, an error, and a request that was given up.
    xhr.onloadend = ({ timeStamp }) => {
      signal.removeEventListener('abort', abort)
      moving.delete(xhr)
      if (xhr.status) resolve(readReply(xhr))
      else if (signal.aborted) reject(abortedError(signal))
      else {
        // Chromium reports no end of sending before a redirect that it may not follow.
        const lost = waiting || form.landing
        // Firefox tells progress every 50 ms, and nothing of what went out since when the connection breaks, not even that it was everything; the
        // others tell of the last byte before that. `InternalError` is Firefox's own. More than 64 MB do not go out in that time.
        const sentUnknown = untold() || ('InternalError' in globalThis && size - sent < 64e6 && !(timeStamp - toldAt > 200))
        // Over HTTP/2 Chromium tells progress ten times a second, and nothing of what went out since: who can be asked is asked. Not of what broke just
        // then: no reply to the rest is back so soon, while over HTTP/1.1 all that went out is told as it breaks.
        void (failed ??= failure(form, lost || sentUnknown ? 'outcome-unknown' : 'network', {
          ...whatWasSent(form),
          sentUnknown: !lost && (sentUnknown || Math.abs(timeStamp - toldAt) > 10),
        })).then(reject)
      }
    }

    xhr.open('POST', action)
    // Before it is sent: what a browser forbids ends within `send()`.
    signal.addEventListener('abort', abort)
    xhr.send(toFormData(form))
  })

  return {
    reply,
    look(now) {
      // Browsers open six connections to a host: who waits for one of them is not stuck.
      if (!heardAt || (moving.size > 5 && toldAt === Infinity)) heardAt = now
      // Better no bar than one that stands at nothing.
      if (untold() && now - heardAt >= 3_000) onProgress(null, 'sending')
      const stalls = !waiting && !untold()
      const patience = (stalls ? stallTimeout : replyTimeout + (waiting ? 0 : size / slowest)) * (givenUp.has(file) ? 4 : 1)
      const left = heardAt + patience - now
      // What came while the page stood still (a dialog, a breakpoint) Firefox tells of after its timers: at the next look it is there.
      if (left > 0 || !late) {
        late = left < 2_000
        return
      }
      givenUp.add(file)
      if (stalls) failed = failure(form, 'stalled', { idleMs: patience, sent })
      abort()
    },
  }
}

/** What goes out, of all uploaders. */
const moving = new Set<XMLHttpRequest>()

/** Files that were given up once: buffers on the way take megabytes at once, and a slow line is silent for minutes then, though it lives. */
const givenUp = new WeakSet<Blob>()

/** The service worker behind which progress was told, and of an upload to where: it does not hand those requests on. */
let told: { readonly worker?: ServiceWorker | null; readonly action?: string } = {}

/** A service worker that hands requests on hides in Chromium what of them goes out: no progress ever comes. */
function findWorker(): ServiceWorker | null {
  try {
    return navigator.serviceWorker.controller
  } catch {
    // There is none on insecure pages; in a sandbox even asking is forbidden.
    return null
  }
}

/** By the name of the header: to make one takes longer than to search with it. */
const patterns: Record<string, RegExp> = {}

function readReply(xhr: XMLHttpRequest): TransportReply {
  // Asking for one header that is not exposed makes browsers log an error; the list of all is silent. Its names are in lower case
  // (https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method), but in happy-dom. jsdom and MSW leave out the last line's end, so nothing rests on it.
  let lines: string | undefined
  const header = (name: string): string | null => {
    // Not before somebody asks: in a page MSW has the headers of a reply without a body only when `loadend` is over.
    lines ??= xhr.getAllResponseHeaders()
    return (patterns[name] ??= new RegExp(`^${name}: (.*)`, 'im')).exec(lines)?.[1] ?? null
  }
  return { status: xhr.status, header, body: xhr.responseText, url: xhr.responseURL, via: 'xhr' }
}
