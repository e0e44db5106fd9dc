import { DelimiterSearch } from './delimiter-search.ts'
import { MultipartError } from './multipart-error.ts'
import { parsePartHeaders, type PartHeaders } from './part-headers.ts'

export type MultipartEvent =
  | { readonly kind: 'part'; readonly headers: PartHeaders }
  /** A view into the chunk that was pushed. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'part-end' }
  /** The closing delimiter was read; whatever follows is ignored (RFC 2046's epilogue). */
  | { readonly kind: 'end' }

const MAX_HEADER_BYTES = 16_384
const MAX_PADDING = 256
const [TAB, LF, CR, SPACE, MINUS] = [9, 10, 13, 32, 45]

type State = 'start' | 'after-delimiter' | 'closing' | 'line-end' | 'headers' | 'body' | 'done'

/**
 * A streaming reader of `multipart/form-data`. Push chunks cut anywhere; events come out at once. It works on bytes, in linear time, and
 * keeps one part's headers at most.
 */
export class MultipartParser {
  readonly #search: DelimiterSearch
  #state: State = 'start'
  #headers: Uint8Array<ArrayBuffer> = new Uint8Array(512)
  #headerLength = 0
  #padding = 0
  #seen = 0

  constructor(boundary: string) {
    this.#search = new DelimiterSearch(boundary)
  }

  /** Whether the closing delimiter was read. */
  get done(): boolean {
    return this.#state === 'done'
  }

  /** @throws {MultipartError} */
  push(chunk: Uint8Array): readonly MultipartEvent[] {
    const events: MultipartEvent[] = []
    let at = 0
    while (at < chunk.length && this.#state !== 'done') at = this.#step(chunk, at, events)
    return events
  }

  #step(chunk: Uint8Array, at: number, events: MultipartEvent[]): number {
    switch (this.#state) {
      case 'start':
        return this.#start(chunk, at)
      case 'body':
        return this.#body(chunk, at, events)
      case 'headers':
        return this.#header(chunk, at, events)
      case 'after-delimiter':
      case 'closing':
      case 'line-end':
        this.#afterDelimiter(chunk[at] ?? 0, events)
        return at + 1
      case 'done':
        return chunk.length
    }
  }

  // No preamble: the body begins with the delimiter, or with a line break and the delimiter.
  #start(chunk: Uint8Array, at: number): number {
    if (this.#seen === 0 && chunk[at] !== CR) this.#search.startAfterLineBreak()
    this.#seen++
    const next = this.#search.scan(chunk, at, () => {
      throw new MultipartError('The body does not begin with the boundary that the Content-Type header names.')
    })
    if (next < 0) return chunk.length
    this.#state = 'after-delimiter'
    return next
  }

  #body(chunk: Uint8Array, at: number, events: MultipartEvent[]): number {
    const next = this.#search.scan(chunk, at, (bytes) => events.push({ kind: 'data', bytes }))
    if (next < 0) return chunk.length
    events.push({ kind: 'part-end' })
    this.#state = 'after-delimiter'
    return next
  }

  #afterDelimiter(byte: number, events: MultipartEvent[]): void {
    const state = this.#state
    if (state === 'closing' && byte === MINUS) {
      this.#state = 'done'
      events.push({ kind: 'end' })
    } else if (state === 'line-end' && byte === LF) {
      this.#state = 'headers'
      this.#headerLength = 0
      this.#padding = 0
    } else if (state === 'after-delimiter' && byte === MINUS && this.#padding === 0) this.#state = 'closing'
    else if (state === 'after-delimiter' && byte === CR) this.#state = 'line-end'
    else if (state === 'after-delimiter' && (byte === SPACE || byte === TAB) && this.#padding < MAX_PADDING) this.#padding++
    else throw new MultipartError('A boundary is followed by neither a line break nor "--".')
  }

  #header(chunk: Uint8Array, from: number, events: MultipartEvent[]): number {
    for (let at = from; at < chunk.length; at++) {
      if (this.#headerLength === MAX_HEADER_BYTES) throw new MultipartError(`The headers of a part are longer than ${MAX_HEADER_BYTES} bytes.`)
      if (this.#headerLength === this.#headers.length) this.#growHeaders()
      this.#headers[this.#headerLength++] = chunk[at] ?? 0
      if (chunk[at] === LF && this.#endsHeaders()) {
        events.push({ kind: 'part', headers: parsePartHeaders(this.#headers.subarray(0, this.#headerLength)) })
        this.#state = 'body'
        return at + 1
      }
    }
    return chunk.length
  }

  #growHeaders(): void {
    const larger = new Uint8Array(Math.min(this.#headers.length * 2, MAX_HEADER_BYTES))
    larger.set(this.#headers)
    this.#headers = larger
  }

  #endsHeaders(): boolean {
    const [headers, length] = [this.#headers, this.#headerLength]
    if (length === 2) return headers[0] === CR
    return length >= 4 && headers[length - 2] === CR && headers[length - 3] === LF && headers[length - 4] === CR
  }
}
