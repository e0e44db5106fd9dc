/** Time as the engine sees it. Monotonic: a device clock that is wrong, or changed while uploading, changes nothing. */
export interface Clock {
  /** Milliseconds; only differences mean something. */
  readonly now: () => number
  /** Calls back after so many milliseconds; returns a function that stops it. */
  readonly after: (ms: number, callback: () => void) => () => void
  /** Calls back once before the next paint, or soon when nothing is painted; returns a function that stops it. @default `after(16, callback)` */
  readonly frame?: (callback: () => void) => () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
  frame(callback) {
    // A hidden page paints no frames: a timer stands in, or its progress would stand still.
    const timer = setTimeout(done, 200)
    const frame = typeof requestAnimationFrame === 'function' ? requestAnimationFrame(done) : null
    function stop(): void {
      clearTimeout(timer)
      if (frame !== null) cancelAnimationFrame(frame)
    }
    function done(): void {
      stop()
      callback()
    }
    return stop
  },
}
