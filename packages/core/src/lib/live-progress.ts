import { measure, type ProgressMeter } from './progress-meter.ts'
import { progressed } from './progressed.ts'
import type { UploaderStore } from './uploader-store.ts'

/** An upload under way, between two frames. */
interface Sending {
  /** Starts with the next frame. */
  meter: ProgressMeter | null
  sent: number | null
  phase: 'sending' | 'waiting'
  /** Told since the last frame. */
  due: boolean
}

/** Hears how far an upload is; it is shown with the next frame, together with everybody else's. */
export type TellProgress = (sent: number | null, phase: 'sending' | 'waiting') => void

/** Milliseconds without a word of an upload, after which its speed goes down. */
const silence = 1_000

/** Makes what begins to show the progress of an item that has just become `uploading`. */
export function createLiveProgress(store: UploaderStore): (id: string) => TellProgress {
  const sending = new Map<string, Sending>()

  store.beforePaint((now) => {
    let pause = 0
    for (const [id, live] of sending) {
      const item = store.getItem(id)
      if (item?.status !== 'uploading') {
        sending.delete(id)
        continue
      }
      live.meter ??= measure(null, now, 0)
      const { sent, phase, meter } = live
      if (live.due || (meter.speed && now - meter.at >= silence)) {
        live.due = false
        live.meter = measure(meter, now, sent ?? 0)
        const next = progressed(item, sent, phase, live.meter.speed)
        if (next !== item) store.advance(item, next)
      }
      if (live.meter.speed) pause = silence
    }
    return pause
  })

  return (id) => {
    const live: Sending = { meter: null, sent: 0, phase: 'sending', due: false }
    sending.set(id, live)
    return (sent, phase) => {
      Object.assign(live, { sent, phase, due: true })
      store.paintSoon()
    }
  }
}
