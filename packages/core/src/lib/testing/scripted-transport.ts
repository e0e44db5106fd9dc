import { writeErrorXml } from '@cosdrop/protocol'
import type { PostForm } from '../form/post-form.ts'
import { networkError, outcomeUnknown, sentUnknown, stalledError } from '../transport/explain-failure.ts'
import { abortedError } from '../aborted-error.ts'
import type { Transport, TransportReply } from '../transport/transport.ts'

/** One request in flight, for the test to play storage's part. */
export interface ScriptedRequest {
  readonly form: PostForm
  readonly key: string
  /** Aborted when the uploader gave it up. */
  readonly signal: AbortSignal
  /** Bytes of the file that went out so far. */
  readonly progress: (sentBytes: number | null, phase?: 'sending' | 'waiting') => void
  /** Answers like COS does by default: 204, no body. */
  readonly succeed: (headers?: Readonly<Record<string, string>>) => void
  /** Answers with COS's error XML. */
  readonly refuse: (status: number, code: string, message?: string, headers?: Readonly<Record<string, string>>) => void
  readonly reply: (reply: Partial<Omit<TransportReply, 'header'>> & { readonly headers?: Readonly<Record<string, string>> }) => void
  /** The connection breaks: before everything was sent, after it, or it stands still. */
  readonly fail: (how: 'network' | 'outcome-unknown' | 'sent-unknown' | 'stalled') => void
  /** Rejects with anything. */
  readonly reject: (error: unknown) => void
}

export interface ScriptedTransport {
  readonly transport: Transport
  /** All requests so far, in order, settled or not. */
  readonly requests: readonly ScriptedRequest[]
  /** Those in flight. */
  readonly active: () => readonly ScriptedRequest[]
  /** The newest one. @throws when there is none */
  readonly last: () => ScriptedRequest
}

/**
 * A transport that sends nothing: each request waits until the test answers it.
 * @param answer plays storage's part for every request as it comes, instead of by hand
 */
export function createScriptedTransport(answer?: (request: ScriptedRequest) => void): ScriptedTransport {
  const requests: ScriptedRequest[] = []
  const active = new Set<ScriptedRequest>()

  const transport: Transport = (form, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(abortedError(signal))
      let sent = 0
      const settle = (): void => {
        active.delete(request)
        signal.removeEventListener('abort', abort)
      }
      const fail = (error: unknown): void => {
        settle()
        reject(error)
      }
      const abort = (): void => fail(abortedError(signal))
      const request: ScriptedRequest = {
        form,
        key: form.key,
        signal,
        progress(sentBytes, phase = 'sending') {
          sent = sentBytes ?? sent
          onProgress(sentBytes, phase)
        },
        reply({ headers = {}, ...given }) {
          const values = new Headers(headers)
          settle()
          resolve({ status: 204, body: '', url: form.action, via: 'xhr', ...given, header: (name) => values.get(name) })
        },
        succeed: (headers = { ETag: '"d41d8cd98f00b204e9800998ecf8427e"', 'x-cos-request-id': 'scripted' }) => request.reply({ headers }),
        refuse(status, code, message = code, headers = {}) {
          const body = writeErrorXml({ code, message, resource: '', requestId: 'scripted', traceId: '' })
          request.reply({ status, body, headers: { 'content-type': 'application/xml', ...headers } })
        },
        fail(how) {
          if (how === 'network') fail(networkError(form))
          else if (how === 'stalled') fail(stalledError(30_000, sent))
          else fail(how === 'sent-unknown' ? sentUnknown(form) : outcomeUnknown(form))
        },
        reject: fail,
      }
      signal.addEventListener('abort', abort)
      requests.push(request)
      active.add(request)
      answer?.(request)
    })

  return {
    transport,
    requests,
    active: () => [...active],
    last() {
      const request = requests.at(-1)
      if (request === undefined) throw new Error('The uploader has sent nothing yet.')
      return request
    },
  }
}
