import { writeErrorXml } from '@cosdrop/protocol'
import { abortedError } from '../aborted-error.ts'
import { networkError, outcomeUnknown, sentUnknown, stalledError } from '../transport/explain-failure.ts'
import type { Transport, TransportReply } from '../transport/transport.ts'
import type { Chance } from './life-chance.ts'
import type { LifePage } from './life-page.ts'
import type { ManualClock } from './manual-clock.ts'

/** One request, as storage and the network know it. */
export interface Sending {
  readonly key: string
  readonly name: string
  readonly page: number
  readonly at: number
  /** When all of it was out; `null` before that. */
  outAt: number | null
  /** When its page was told so. */
  toldAt: number | null
  stored: boolean
  /** Surely not stored, and never to be. */
  refused: boolean
  over: boolean
}

export interface LifeStorage {
  readonly objects: ReadonlyMap<string, { readonly name: string; readonly size: number }>
  readonly sent: readonly Sending[]
  readonly transportOf: (page: LifePage, online: () => boolean, begins: (sending: Sending) => void) => Transport
}

const ends = ['lost', 'lost and stored', 'broken', 'silent', 'stalled', 'busy', 'failed', 'gateway', 'page', 'refused', 'expired', 'late'] as const
const xml = { 'content-type': 'application/xml' }

/** Storage that outlives pages: what was out as a whole when its page went may still be stored. @param trouble the share of requests that fail */
export function createLifeStorage(time: ManualClock, chance: Chance, trouble: () => number): LifeStorage {
  const objects = new Map<string, { readonly name: string; readonly size: number }>()
  const sent: Sending[] = []

  const transportOf: LifeStorage['transportOf'] = (page, online, begins) => (form, options) =>
    new Promise((resolve, reject) => {
      const { signal, onProgress } = options
      if (signal.aborted || !page.alive()) return reject(abortedError(signal))
      const { action, key, file } = form
      const name = nameOf(form.filename)
      const about = [name, sent.filter((other) => other.name === name).length] as const
      const end = chance('fails', ...about) < trouble() ? ends[Math.floor(chance('how', ...about) * ends.length)] : 'stored'
      const lasts = 10 + chance('lasts', ...about) * 1_500
      const sending: Sending = { key, name, page: page.number, at: time.now(), outAt: null, toldAt: null, stored: false, refused: false, over: false }
      begins(sending)
      sent.push(sending)

      let cut = false
      const hears = (): boolean => page.alive() && !sending.over
      // Behind a service worker, which answers with a page of its own, Chromium tells nothing.
      const hidden = end === 'page'
      /** What is not out goes no further without its page. */
      const at = (part: number, act: () => void): void => {
        time.after(lasts * part, () => {
          cut ||= sending.outAt === null && !hears()
          if (!cut) act()
        })
      }
      const settle = (): void => {
        sending.over = true
        signal.removeEventListener('abort', abort)
      }
      const fail = (error: unknown): void => {
        if (!hears()) return
        settle()
        reject(error)
      }
      const abort = (): void => {
        cut = sending.outAt === null || chance('cut', ...about) < 0.5
        fail(abortedError(signal))
      }
      signal.addEventListener('abort', abort)
      const reply = (status: number, body = '', given: Readonly<Record<string, string>> = {}): void => {
        const headers = new Headers(given)
        const answer: TransportReply = { status, body, url: action, via: 'xhr', header: (header) => headers.get(header) }
        if (!hears()) return
        settle()
        resolve(answer)
      }
      const refuse = (status: number, code: string, message = code): void => {
        sending.refused = true
        reply(status, writeErrorXml({ code, message, resource: '', requestId: 'r', traceId: '' }), xml)
      }
      const breaksEarly = (error: unknown): void => {
        sending.refused = true
        fail(error)
      }

      if (!online()) return at(0.1, () => breaksEarly(networkError(form)))
      at(0.3, () => hears() && !hidden && onProgress(Math.floor(file.size / 2), 'sending'))
      if (end === 'broken') return at(0.4, () => breaksEarly(networkError(form)))
      if (end === 'stalled') return at(0.4, () => breaksEarly(stalledError(30_000, 0)))
      const out = (): void => {
        sending.outAt = time.now()
      }
      const store = (): void => {
        sending.stored = true
        objects.set(key, { name, size: file.size })
      }
      const maybe = chance('maybe', ...about) < 0.5
      // The browser tells nothing of the last moment.
      if (end === 'silent') {
        return at(1, () => {
          out()
          if (maybe) store()
          fail(sentUnknown(form))
        })
      }
      at(0.6, () => {
        out()
        // Firefox looks every 50 ms.
        time.after(chance('told', ...about) * 50, () => {
          if (!hears() || hidden) return
          sending.toldAt = time.now()
          onProgress(file.size, 'waiting')
        })
      })
      if (end === 'stored' || end === 'lost and stored' || ((end === 'gateway' || hidden) && maybe)) at(0.8, store)
      at(1, () => {
        if (!online() || end === 'lost' || end === 'lost and stored') fail(outcomeUnknown(form))
        else if (hidden) reply(200, '<!doctype html>Offline', { 'content-type': 'text/html' })
        else if (end === 'gateway') reply(502, '<html>', { 'content-type': 'text/html' })
        else if (end === 'busy') refuse(503, 'SlowDown')
        else if (end === 'failed') refuse(500, 'InternalError')
        else if (end === 'refused') refuse(403, 'AccessDenied')
        else if (end === 'expired') refuse(403, 'AccessDenied', 'Request has expired')
        else if (end === 'late') refuse(400, 'RequestTimeout')
        else reply(204, '', { ETag: '"e"', 'x-cos-hash-crc64ecma': String(file.size), 'x-cos-request-id': 'r' })
      })
    })

  return { objects, sent, transportOf }
}

/** A file's own name: what prepares it may give it another. */
export function nameOf(name: string): string {
  return name.replace('prepared-', '')
}
