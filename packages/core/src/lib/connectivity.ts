/** Whether there is a network at all, as the platform tells it. */
export interface Connectivity {
  readonly online: () => boolean
  /** Calls back after each change; returns a function that stops it. */
  readonly subscribe: (listener: () => void) => () => void
}

// WebKit tells neither of the first two to a page in its back/forward cache.
const changes = ['online', 'offline', 'pageshow']

/** `navigator.onLine` and its events; always online where there is no window (Node, workers of old browsers). */
export const browserConnectivity: Connectivity = {
  online: () => globalThis.navigator?.onLine ?? true,
  subscribe(listener) {
    // Not by an AbortSignal: jsdom takes none of Node's, which jest-fixed-jsdom puts in its place.
    for (const type of changes) globalThis.addEventListener?.(type, listener)
    return () => {
      for (const type of changes) globalThis.removeEventListener?.(type, listener)
    }
  },
}
