import { admitFiles } from './admit-files.ts'
import { awaitUploads, resultOf } from './await-uploads.ts'
import { systemClock } from './clock.ts'
import { browserConnectivity, type Connectivity } from './connectivity.ts'
import { createEngineLoader } from './load-engine.ts'
import type { FileRejection, RejectionReason } from './restrict/restrictions.ts'
import type { Recovery } from './recover-items.ts'
import { isSettled, type UploadItem } from './upload-item.ts'
import { createJob, type JobEnding, type UploadJob } from './upload-job.ts'
import { createUploadQueue } from './upload-queue.ts'
import type { FileInput, Uploader, UploaderOptions } from './uploader.ts'
import { createUploaderStore } from './uploader-store.ts'

/**
 * Makes one queue of uploads. Nothing happens, and nothing is listened to, until files are added: it may be created while rendering, and on a
 * server.
 */
export function createUploader(initial: UploaderOptions): Uploader {
  let options = initial
  const clock = options.clock ?? systemClock
  const store = createUploaderStore(clock)
  const jobs = new Map<string, UploadJob>()
  let nextRank = 0
  let pumpDue = false
  let stopListening: (() => void) | null = null
  let recovering: Promise<Recovery> | null = null

  const connectivity = (): Connectivity => options.connectivity ?? browserConnectivity
  const online = (): boolean => {
    const now = connectivity().online()
    if (now === store.flags().offline) store.set({ offline: !now })
    return now
  }

  const queue = createUploadQueue<UploadJob>({
    max: () => Math.max(1, Math.floor(options.concurrency ?? 3)),
    held: () => store.flags().paused || !online(),
    async run(job) {
      job.controller ??= new AbortController()
      const { signal } = job.controller
      const sender = engine.loaded() ?? (await engine.loadFor(job, signal))
      return sender === null ? 'other' : sender.run(job, signal)
    },
  })

  const engine = createEngineLoader({ store, clock, options: () => options, online, upcoming, requeue: enqueue, settle, reject: rejectJob })

  const recover = (): Promise<Recovery> => {
    recovering ??= import('./recover-items.ts').then(({ startRecovery }) => startRecovery(options.recovery ?? 'default', store))
    return recovering
  }

  function upcoming(files: number, bytes: number): readonly UploadItem[] {
    const items: UploadItem[] = []
    let left = bytes
    for (const { id } of queue.upcoming(files)) {
      const item = store.getItem(id)
      left -= item?.size ?? 0
      if (item === undefined || left < 0) break
      items.push(item)
    }
    return items
  }

  const pumpSoon = (): void => {
    if (pumpDue) return
    pumpDue = true
    // After all that the app does in this turn: priorities, moves, more files.
    queueMicrotask(() => {
      pumpDue = false
      queue.pump()
    })
  }

  function enqueue(job: UploadJob): void {
    if (!job.admitted) {
      job.controller ??= new AbortController()
      void engine.loadFor(job, job.controller.signal).then((sender) => sender?.admit(job))
    } else if (job.wanted) {
      queue.push(job)
      pumpSoon()
    }
  }

  const end = (job: UploadJob, ending: JobEnding): void => {
    job.controller?.abort()
    job.controller = null
    job.crc64 = null
    const { waiters } = job
    job.waiters = []
    for (const waiter of waiters) waiter(ending)
  }

  function settle(job: UploadJob): void {
    const item = store.getItem(job.id)
    if (item !== undefined && isSettled(item)) end(job, { kind: 'settled', item })
  }

  function rejectJob(job: UploadJob, errors: readonly RejectionReason[]): void {
    jobs.delete(job.id)
    for (const item of store.remove(new Set([job.id]))) {
      store.emit({ type: 'item-removed', item })
      const rejection = { file: item.file, name: item.name, errors }
      reject([rejection])
      end(job, { kind: 'rejected', rejection })
    }
  }

  const reject = (rejections: readonly FileRejection[]): void => {
    if (rejections.length === 0) return
    store.set({ rejections: [...store.flags().rejections, ...rejections] })
    store.emit({ type: 'files-rejected', rejections })
  }

  const listen = (): void => {
    if (stopListening !== null) return
    stopListening = connectivity().subscribe(() => {
      if (online()) pumpSoon()
    })
    online()
  }

  const hold = (items: readonly UploadItem[], wanted: boolean): readonly UploadJob[] => {
    if (items.length === 0) return []
    listen()
    if (options.recovery) recover().catch(() => {})
    store.add(items)
    store.emit({ type: 'files-added', items })
    const added = items.map(({ id, priority }) => {
      const job = createJob(id, priority, nextRank++)
      job.wanted = wanted
      job.admitted = !options.prepare && !options.restrictions?.validate
      jobs.set(id, job)
      return job
    })
    for (const job of added) if (store.getItem(job.id)?.status === 'queued') enqueue(job)
    return added
  }

  const admit = (
    files: Iterable<Blob | FileInput>,
    wanted: boolean,
  ): { readonly added: readonly UploadJob[]; readonly refused: readonly FileRejection[] } => {
    const { items, refused } = admitFiles(files, store.totals(), options)
    if (store.flags().rejections.length > 0) store.set({ rejections: [] })
    const added = hold(items, wanted)
    reject(refused)
    return { added, refused }
  }

  const cancelJob = (job: UploadJob): void => {
    job.stopTimer?.()
    job.stopTimer = null
    queue.drop(job)
    const before = store.getItem(job.id)
    const item = store.change(job.id, { type: 'cancel' })
    if (item === undefined || item === before) return
    store.emit({ type: 'upload-canceled', item })
    settle(job)
  }

  const removeJobs = (ids: ReadonlySet<string>): void => {
    for (const id of ids) {
      const job = jobs.get(id)
      if (job !== undefined) cancelJob(job)
      jobs.delete(id)
      engine.loaded()?.forget(id)
    }
    for (const item of store.remove(ids)) store.emit({ type: 'item-removed', item })
  }

  const retryJob = (job: UploadJob): void => {
    const status = store.getItem(job.id)?.status
    if (status === 'error' || status === 'canceled') {
      job.attempt = 0
      job.failures = 0
      job.renewal = 'none'
      job.free = false
      store.change(job.id, { type: 'requeue' })
    } else if (status !== 'retrying') return
    job.stopTimer?.()
    job.stopTimer = null
    job.wanted = true
    enqueue(job)
  }

  const start = (job: UploadJob): void => {
    if (job.wanted) return
    job.wanted = true
    enqueue(job)
  }

  const each = (id: string | undefined, act: (job: UploadJob) => void): void => {
    const chosen = id === undefined ? [...jobs.values()] : [jobs.get(id)]
    for (const job of chosen) if (job !== undefined) act(job)
  }

  return {
    getItem: store.getItem,
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    subscribeItem: store.subscribeItem,
    onEvent: store.onEvent,
    add: (files) => admit(files, options.autoUpload ?? true).added.map(({ id }) => id),
    start: (id) => each(id, start),
    async restore() {
      const items = await (await recover()).load()
      return hold(items, options.autoUpload ?? true).map(({ id }) => id)
    },
    async upload(files, { signal } = {}) {
      const endings = await awaitUploads(admit(files, true).added, cancelJob, signal)
      return endings.flatMap((ending) => (ending.kind === 'settled' ? [ending.item] : []))
    },
    async uploadAsync(file, { signal } = {}) {
      const { added, refused } = admit([file], true)
      const [ending] = await awaitUploads(added, cancelJob, signal)
      return resultOf(ending, refused, signal)
    },
    cancel: (id) => each(id, cancelJob),
    retry: (id) => each(id, (job) => void ((id !== undefined || store.getItem(job.id)?.status === 'error') && retryJob(job))),
    remove: (id) => removeJobs(new Set([id])),
    clear(which = 'settled') {
      removeJobs(new Set([...store.getSnapshot().items].flatMap((item) => (which === 'all' || isSettled(item) ? item.id : []))))
    },
    pause() {
      if (store.flags().paused) return
      store.set({ paused: true })
      store.emit({ type: 'queue-paused' })
    },
    resume() {
      if (!store.flags().paused) return
      store.set({ paused: false })
      store.emit({ type: 'queue-resumed' })
      pumpSoon()
    },
    setPriority(id, priority) {
      const job = jobs.get(id)
      if (job === undefined) return
      job.priority = priority
      store.change(id, { type: 'prioritise', priority })
      queue.sort()
    },
    move(id, index) {
      store.move(id, index)
      nextRank = 0
      for (const other of store.getSnapshot().ids) {
        const job = jobs.get(other)
        if (job !== undefined) job.rank = nextRank++
      }
      queue.sort()
    },
    dismissRejections: () => store.set({ rejections: [] }),
    setOptions(next) {
      options = next
      pumpSoon()
    },
    destroy() {
      // Before anything is canceled: what is unfinished now is to be found again.
      recovering?.then(({ stop }) => stop()).catch(() => {})
      recovering = null
      each(undefined, cancelJob)
      stopListening?.()
      stopListening = null
      store.release()
      engine.loaded()?.release()
    },
  }
}
