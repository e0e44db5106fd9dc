import { toFormData } from '../form/to-form-data.ts'
import type { PostForm } from '../form/post-form.ts'
import { abortedError, failure, fileChanged } from './transport-error.ts'
import type { TransportOptions, TransportReply } from './transport.ts'

/** One upload on its way. */
export interface Sending {
  readonly form: PostForm
  readonly options: TransportOptions
  readonly resolve: (reply: TransportReply) => void
  readonly reject: (error: unknown) => void
}

export interface XhrLane {
  readonly send: (sending: Sending) => void
  /** Gives the upload up when nothing was heard of it for too long. To be called now and then. */
  readonly look: (now: number) => void
}

export interface XhrLanePorts {
  /** Milliseconds. */
  readonly stallTimeout: number
  readonly replyTimeout: number
  /** Its upload is over. `replied`: the lane can be used for another one. */
  readonly free: (lane: XhrLane, replied: boolean) => void
}

/** One `XMLHttpRequest` for one upload after the other: to make one, and to listen to it, takes longer than to open it again. */
export function createXhrLane({ stallTimeout, replyTimeout, free }: XhrLanePorts): XhrLane {
  const xhr = new XMLHttpRequest()
  let sending: Sending | null = null
  let sent = 0
  let waiting = false
  let heard = false
  let heardAt = 0
  // Either is the end of this lane.
  let stopped = false
  let failed: Promise<Error> | undefined

  const stop = (): void => {
    stopped = true
    xhr.abort()
  }

  // Not `loadstart`: for a file of the disk Chromium does not know the total before the first bytes are out, and tells too little. Not `load`: it
  // follows a `progress` that tells as much (https://xhr.spec.whatwg.org/#the-send()-method, processRequestEndOfBody).
  xhr.upload.onprogress = ({ loaded, total }) => {
    if (!sending || waiting || !total) return
    const { form, options } = sending
    const { size } = form.file
    // The body is the file and its frame; a body smaller than the file is WebKit's empty one.
    if (total < size) {
      failed = fileChanged(form)
      return xhr.abort()
    }
    waiting = loaded >= total
    // The file is last, so the frame goes out first. 100 % is for a reply that was read.
    sent = Math.max(sent, Math.min(loaded - total, -1) + size)
    heard = true
    if (waiting || sent) options.onProgress(sent, waiting ? 'waiting' : 'sending')
  }

  // After a reply, an error, and a request that was given up.
  xhr.onloadend = () => {
    if (!sending) return
    const { form, options, resolve, reject } = sending
    const { status } = xhr
    // While it rests it keeps nobody's file.
    sending = null
    options.signal.removeEventListener('abort', stop)
    if (status) resolve(readReply(xhr))
    else if (stopped) reject(abortedError(options.signal))
    else {
      // Chromium reports no end of sending before a redirect that it may not follow.
      const lost = waiting || form.values.get('success_action_redirect')
      const { action: url } = form
      failed ??= lost ? failure(form, 'outcome-unknown', { probe: null, url, key: form.key }) : failure(form, 'network', { probe: null, url })
      void failed.then(reject)
    }
    free(lane, status > 0)
  }

  const lane: XhrLane = {
    send(next) {
      sent = 0
      waiting = false
      heard = true
      xhr.open('POST', next.form.action)
      sending = next
      xhr.send(toFormData(next.form))
      next.options.signal.addEventListener('abort', stop)
    },
    look(now) {
      if (heard) heardAt = now
      heard = false
      if (!sending || now - heardAt < (waiting ? replyTimeout : stallTimeout)) return
      if (!waiting) failed = failure(sending.form, 'stalled', { idleMs: stallTimeout, sent })
      xhr.abort()
    },
  }
  return lane
}

function readReply(xhr: XMLHttpRequest): TransportReply {
  // Asking for one header that is not exposed makes browsers log an error; the list of all is silent. Its names are in lower case
  // (https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method). jsdom and MSW leave out the last line's end.
  const lines = `\n${xhr.getAllResponseHeaders()}\r\n`
  const header = (name: string): string | null => {
    const start = `\n${name.toLowerCase()}: `
    const at = lines.indexOf(start)
    return at < 0 ? null : lines.slice(at + start.length, lines.indexOf('\r\n', at))
  }
  return { status: xhr.status, header, body: xhr.responseText, url: xhr.responseURL, via: 'xhr' }
}
