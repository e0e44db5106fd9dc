import { createUploader, createXhrTransport, type Clock, type Uploader } from '@cosdrop/core'

let now = 0
const timers = new Set<{ readonly at: number; readonly callback: () => void }>()
/** Stands still until it is moved. */
const clock: Clock = {
  now: () => now,
  after(ms, callback) {
    const timer = { at: now + ms, callback }
    timers.add(timer)
    return () => void timers.delete(timer)
  },
}
const transport = createXhrTransport({ clock })
let uploader: Uploader | undefined

const behindWorker = {
  /** Resolves when that worker has the page. */
  async install(script: string): Promise<void> {
    await navigator.serviceWorker.register(script)
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  },
  /** Uploads to a bucket that anybody may write to; resolves with the status, or the error's code. @param probed looks why there was no reply */
  async upload(url: string, bytes: number, probed = false): Promise<string> {
    uploader = createUploader({
      policy: ({ files }) =>
        Promise.resolve({
          serverTime: '2026-01-01T00:00:00Z',
          posts: files.map(() => ({ url, fields: null, expiresAt: '2026-01-01T01:00:00Z' })),
        }),
      ...(!probed && { transport }),
      retry: { attempts: 3, baseDelay: 1 },
    })
    const [item] = await uploader.upload([new File([new Uint8Array(bytes)], 'a.bin')])
    return item?.status === 'error' ? item.error.code : String(item?.status)
  },
  /** What is shown of the one file. */
  progress(): string | undefined {
    const [item] = uploader?.getSnapshot().items ?? []
    return item?.status === 'uploading' ? item.progress.kind : item?.status
  },
  /** Second by second, for whoever looks now and then. */
  pass(seconds: number): void {
    for (const end = now + seconds * 1_000; now < end; now += 1_000)
      for (const timer of timers) if (timer.at <= now && timers.delete(timer)) timer.callback()
  },
}

declare global {
  interface Window {
    behindWorker: typeof behindWorker
  }
}

window.behindWorker = behindWorker
