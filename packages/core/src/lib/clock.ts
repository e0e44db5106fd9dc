/** Time as the engine sees it. Monotonic: a device clock that is wrong, or changed while uploading, changes nothing. */
export interface Clock {
  /** Milliseconds; only differences mean something. */
  readonly now: () => number
  /** Calls back after so many milliseconds; returns a function that stops it. */
  readonly after: (ms: number, callback: () => void) => () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    // Timers end at once that are to end after 24 days: https://html.spec.whatwg.org/#dom-settimeout takes 32 bits.
    if (ms >= 2 ** 31) return () => {}
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
