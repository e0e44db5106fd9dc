import { measure, type ProgressMeter } from './progress-meter.ts'
import { progressed } from './progressed.ts'
import type { UploaderStore } from './uploader-store.ts'

/** An upload under way, between two frames. */
interface Sending {
  /** Starts with the next frame. */
  meter: ProgressMeter | null
  sent: number | null
  phase: 'sending' | 'waiting'
}

/** Hears how far an upload is; it is shown with the next frame, together with everybody else's. */
export type TellProgress = (sent: number | null, phase: 'sending' | 'waiting') => void

/** Makes what begins to show the progress of an item that has just become `uploading`. */
export function createLiveProgress(store: UploaderStore): (id: string) => TellProgress {
  const sending = new Map<string, Sending>()

  store.beforePaint((now) => {
    let told = true
    for (const [id, live] of sending) {
      const item = store.getItem(id)
      if (item?.status !== 'uploading') {
        sending.delete(id)
        continue
      }
      const { sent, phase } = live
      told &&= sent !== null
      live.meter = measure(live.meter ?? measure(null, now, 0), now, sent ?? 0)
      const next = progressed(item, sent, phase, live.meter.speed || null)
      if (next !== item) store.advance(item, next)
    }
    return told
  })

  return (id) => {
    const live: Sending = { meter: null, sent: 0, phase: 'sending' }
    sending.set(id, live)
    return (sent, phase) => {
      live.sent = sent
      live.phase = phase
      store.paintSoon()
    }
  }
}
