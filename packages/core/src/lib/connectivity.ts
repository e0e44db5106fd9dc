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
    if (typeof globalThis.addEventListener !== 'function') return () => {}
    addEventListener('online', listener)
    addEventListener('offline', listener)
    return () => {
      removeEventListener('online', listener)
      removeEventListener('offline', listener)
    }
  },
}
