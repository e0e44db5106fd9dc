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
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
