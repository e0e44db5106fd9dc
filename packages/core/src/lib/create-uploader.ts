import { systemClock } from './clock.ts'
import { browserConnectivity, type Connectivity } from './connectivity.ts'
import { readFileInput } from './file-input.ts'
import { checkFile, checkTotals } from './restrict/check-file.ts'
import type { FileRejection, RejectionReason } from './restrict/restrictions.ts'
import type { Recovery } from './recover-items.ts'
import type { UploadEngine } from './upload-engine.ts'
import { CosUploadError } from './upload-error.ts'
import { mintId } from './upload-id.ts'
import { isSettled, type SettledItem, type UploadItem } from './upload-item.ts'
import { createJob, type JobEnding, type UploadJob } from './upload-job.ts'
import { createUploadQueue } from './upload-queue.ts'
import type { UploadResult } from './upload-result.ts'
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
  let engine: UploadEngine | null = null
  let loading: Promise<UploadEngine> | null = null
  let recovering: Promise<Recovery> | null = null

  const connectivity = (): Connectivity => options.connectivity ?? browserConnectivity
  const online = (): boolean => connectivity().online()

  const queue = createUploadQueue<UploadJob>({
    max: () => Math.max(1, Math.floor(options.concurrency ?? 3)),
    held: () => store.flags().paused || store.flags().offline,
    async run(job) {
      job.controller ??= new AbortController()
      const { signal } = job.controller
      const sender = engine ?? (await loadFor(job, signal))
      return sender === null ? 'other' : sender.run(job, signal)
    },
  })

  const load = (): Promise<UploadEngine> => {
    loading ??= import('./upload-engine.ts').then(({ createUploadEngine }) => {
      engine = createUploadEngine({ store, clock, options: () => options, online, upcoming, requeue: enqueue, settle, reject: rejectJob })
      return engine
    })
    return loading
  }

  const loadFor = async (job: UploadJob, signal: AbortSignal): Promise<UploadEngine | null> => {
    try {
      return await load()
    } catch (cause) {
      loading = null
      const text =
        'A part of this page’s own code could not be loaded, so nothing was sent. Check the network, or reload the page after a new version was deployed.'
      const error = new CosUploadError('network', text, { probe: null, url: '' }, { cause })
      const item = signal.aborted ? undefined : store.change(job.id, { type: 'fail', attempt: 0, error })
      if (item !== undefined) store.emit({ type: 'upload-failed', item, error })
      settle(job)
      return null
    }
  }

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
      void loadFor(job, job.controller.signal).then((sender) => sender?.admit(job))
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
      reject([{ file: item.file, name: item.name, errors }])
    }
    end(job, { kind: 'rejected', reasons: errors })
  }

  const reject = (rejections: readonly FileRejection[]): void => {
    if (rejections.length === 0) return
    store.set({ rejections: [...store.flags().rejections, ...rejections] })
    store.emit({ type: 'files-rejected', rejections })
  }

  const listen = (): void => {
    if (stopListening !== null) return
    const look = (): void => {
      const offline = !online()
      if (offline !== store.flags().offline) store.set({ offline })
      if (!offline) pumpSoon()
    }
    stopListening = connectivity().subscribe(look)
    look()
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
    const { restrictions = {}, prepare } = options
    const items: UploadItem[] = []
    const refused: FileRejection[] = []
    const held = { ...store.totals() }
    for (const input of files) {
      const { file, name, relativePath, priority } = readFileInput(input)
      // Only the count is final before `prepare` has made of the file what it will be.
      const errors = prepare
        ? checkTotals(file, held, { ...restrictions, maxTotalSize: Infinity })
        : [...checkFile(file, name, restrictions), ...checkTotals(file, held, restrictions)]
      if (errors.length > 0) {
        refused.push({ file, name, errors })
        continue
      }
      held.files += 1
      held.bytes += file.size
      items.push({ id: mintId(), file, name, size: file.size, type: file.type, relativePath, priority, status: 'queued' })
    }
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
      engine?.forget(id)
    }
    for (const item of store.remove(ids)) store.emit({ type: 'item-removed', item })
  }

  const retryJob = (job: UploadJob): void => {
    const status = store.getItem(job.id)?.status
    if (status === 'error' || status === 'canceled') {
      job.attempt = 0
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

  /** Resolves with how each ended; aborting cancels those that have not. */
  const endings = (added: readonly UploadJob[], signal: AbortSignal | undefined): Promise<readonly JobEnding[]> => {
    const all = Promise.all(added.map((job) => new Promise<JobEnding>((resolve) => job.waiters.push(resolve))))
    const cancel = (): void => added.forEach(cancelJob)
    if (signal?.aborted) cancel()
    signal?.addEventListener('abort', cancel)
    return all.finally(() => signal?.removeEventListener('abort', cancel))
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
      const ended = await endings(admit(files, true).added, signal)
      return ended.flatMap((ending) => (ending.kind === 'settled' ? [ending.item] : []))
    },
    async uploadAsync(file, { signal } = {}) {
      const { added, refused } = admit([file], true)
      const [ending] = await endings(added, signal)
      if (ending?.kind === 'settled') return resultOf(ending.item, signal)
      const { name } = readFileInput(file)
      const reasons = ending?.reasons ?? refused[0]?.errors ?? []
      throw new CosUploadError('file-rejected', reasons.map(({ message }) => message).join(' '), { name, reasons })
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
      engine?.release()
    },
  }
}

function resultOf(item: SettledItem, signal: AbortSignal | undefined): UploadResult {
  if (item.status === 'success') return item.result
  if (item.status === 'error') throw item.error
  const reason: unknown = signal?.reason
  throw new CosUploadError('aborted', 'The upload was canceled.', { reason: reason instanceof Error ? reason.message : null }, { cause: reason })
}
