const CR = 13
const SHORT_NEEDLE = 24

/**
 * Finds `CRLF--boundary` in a stream of chunks. CR stands nowhere in the delimiter but at its start, so a match that breaks off can only
 * begin again at the byte that broke it: what hangs over from one chunk to the next is a count, never a copy, and each byte is looked at
 * a bounded number of times whatever it is.
 */
export class DelimiterSearch {
  readonly #needle: Uint8Array
  readonly #skip: Uint8Array
  #matched = 0

  constructor(boundary: string) {
    this.#needle = new TextEncoder().encode(`\r\n--${boundary}`)
    const last = this.#needle.length - 1
    this.#skip = new Uint8Array(256).fill(this.#needle.length)
    for (let at = 0; at < last; at++) this.#skip[this.#needle[at] ?? 0] = last - at
  }

  /** The search takes the first bytes of a body as if a line break stood before them. */
  startAfterLineBreak(): void {
    this.#matched = 2
  }

  /** How many bytes of the delimiter have been seen at the end of what was scanned. */
  get matched(): number {
    return this.#matched
  }

  /**
   * Scans `chunk` from `from`. Data before the delimiter goes to `emit`. Returns the position after the delimiter, or -1 when the chunk
   * ended first.
   */
  scan(chunk: Uint8Array, from: number, emit: (bytes: Uint8Array) => void): number {
    let at = from
    if (this.#matched > 0) {
      at = this.#resume(chunk, at)
      if (this.#matched === this.#needle.length) return this.#found(at)
      if (at === chunk.length) return -1
      // Copied: the receiver may keep what it is given, and the needle is ours.
      emit(this.#needle.slice(0, this.#matched))
      this.#matched = 0
    }
    const start = this.#find(chunk, at)
    if (start >= 0) {
      if (start > at) emit(chunk.subarray(at, start))
      return this.#found(start + this.#needle.length)
    }
    const tail = this.#tail(chunk, at)
    if (tail > at) emit(chunk.subarray(at, tail))
    this.#matched = chunk.length - tail
    return -1
  }

  #found(after: number): number {
    this.#matched = 0
    return after
  }

  #resume(chunk: Uint8Array, from: number): number {
    let at = from
    while (at < chunk.length && this.#matched < this.#needle.length && chunk[at] === this.#needle[this.#matched]) {
      at++
      this.#matched++
    }
    return at
  }

  #find(chunk: Uint8Array, from: number): number {
    return this.#needle.length < SHORT_NEEDLE ? this.#findByCr(chunk, from) : this.#findBySkips(chunk, from)
  }

  // A short delimiter allows no long skips: the engine's own search for CR is faster, as long as CRs are rare.
  #findByCr(chunk: Uint8Array, from: number): number {
    const end = chunk.length - this.#needle.length
    let hops = Math.max(64, chunk.length >> 6)
    for (let at = chunk.indexOf(CR, from); at >= 0 && at <= end; at = chunk.indexOf(CR, at + 1)) {
      if (this.#agrees(chunk, at)) return at
      if (--hops === 0) return this.#findBySkips(chunk, at + 1)
    }
    return -1
  }

  // Horspool's search; the first byte is compared before the middle, which keeps it linear.
  #findBySkips(chunk: Uint8Array, from: number): number {
    const needle = this.#needle
    const skip = this.#skip
    const last = needle.length - 1
    const final = needle[last]
    const end = chunk.length - last
    let at = from
    while (at < end) {
      const byte = chunk[at + last] ?? 0
      if (byte === final && chunk[at] === CR && this.#agrees(chunk, at)) return at
      at += skip[byte] ?? 1
    }
    return -1
  }

  #agrees(chunk: Uint8Array, at: number): boolean {
    const length = Math.min(this.#needle.length, chunk.length - at)
    for (let index = 1; index < length; index++) if (chunk[at + index] !== this.#needle[index]) return false
    return true
  }

  #tail(chunk: Uint8Array, from: number): number {
    let at = chunk.indexOf(CR, Math.max(from, chunk.length - this.#needle.length + 1))
    while (at >= 0 && !this.#agrees(chunk, at)) at = chunk.indexOf(CR, at + 1)
    return at < 0 ? chunk.length : at
  }
}
