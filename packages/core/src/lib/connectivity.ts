/** Whether there is a network at all, as the platform tells it. */
export interface Connectivity {
  readonly online: () => boolean
  /** Calls back after each change; returns a function that stops it. */
  readonly subscribe: (listener: () => void) => () => void
}

/** `navigator.onLine` and its events; always online where there is no window (Node, workers of old browsers). */
export const browserConnectivity: Connectivity = {
  online: () => globalThis.navigator?.onLine !== false,
  subscribe(listener) {
    const controller = new AbortController()
    // WebKit tells neither of the first two to a page in its back/forward cache.
    for (const type of ['online', 'offline', 'pageshow']) globalThis.addEventListener?.(type, listener, controller)
    return () => controller.abort()
  },
}
