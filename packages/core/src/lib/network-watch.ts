import type { Connectivity } from './connectivity.ts'
import type { UploaderStore } from './uploader-store.ts'

/** Keeps the store's `offline` true to the network. */
export interface NetworkWatch {
  /** Looks, and notes what it sees. */
  readonly online: () => boolean
  /** Listens from now on; to another port where that has changed. */
  readonly start: () => void
  /** The port may have changed: whoever listens, listens to the present one. */
  readonly follow: () => void
  readonly stop: () => void
}

export function createNetworkWatch(port: () => Connectivity, store: UploaderStore, onBack: () => void): NetworkWatch {
  let heard: Connectivity | null = null
  let stopListening: (() => void) | null = null

  const online = (): boolean => {
    const now = port().online()
    if (now === store.flags().offline) store.set({ offline: !now })
    return now
  }
  const stop = (): void => {
    stopListening?.()
    heard = stopListening = null
  }
  const start = (): void => {
    const now = port()
    if (heard === now) return
    stop()
    heard = now
    online()
    stopListening = heard.subscribe(() => {
      if (online()) onBack()
    })
  }
  return {
    online,
    start,
    follow() {
      if (heard) start()
    },
    stop,
  }
}
