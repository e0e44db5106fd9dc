import { systemClock } from './clock.ts'
import { createAdmission } from './admission.ts'
import { browserConnectivity } from './connectivity.ts'
import { readFileInput } from './file-input.ts'
import { createPolicyDesk } from './policy/policy-desk.ts'
import { checkFile, checkTotals } from './restrict/check-file.ts'
import type { FileRejection, RejectionReason } from './restrict/restrictions.ts'
import { CosUploadError } from './upload-error.ts'
import { mintId } from './upload-id.ts'
import { isSettled, type SettledItem, type UploadItem } from './upload-item.ts'
import { createJob, type JobEnding, type UploadJob } from './upload-job.ts'
import { createUploadQueue } from './upload-queue.ts'
import { createRunner } from './upload-runner.ts'
import type { FileInput, Uploader, UploaderOptions } from './uploader.ts'
import { readSettings } from './uploader-settings.ts'
import { createUploaderStore } from './uploader-store.ts'

/**
 * Makes one queue of uploads. Nothing happens, and nothing is listened to, until files are added: it may be created while rendering and on a server.
 */
export function createUploader(options: UploaderOptions): Uploader {
  const clock = options.clock ?? systemClock
  const store = createUploaderStore(clock)
  const jobs = new Map<string, UploadJob>()
  let settings = readSettings(options, clock)
  let nextRank = 0
  let pumpDue = false
  let stopListening: (() => void) | null = null

  const connectivity = () => settings.options.connectivity ?? browserConnectivity
  const online = (): boolean => connectivity().online()

  const queue = createUploadQueue<UploadJob>({
    clock,
    max: () => settings.concurrency,
    held: () => store.flags().paused || store.flags().offline,
    run: (job) => run(job),
  })

  const desk = createPolicyDesk({
    clock,
    random: () => random(),
    settings: () => ({
      source: settings.source,
      url: settings.policyUrl,
      wishes: pick(settings.options),
      retry: settings.retry,
      timeout: settings.options.policyTimeout ?? 30_000,
      lookAhead: settings.options.lookAhead ?? 99,
    }),
    upcoming(files, bytes) {
      const items: UploadItem[] = []
      for (const { id } of queue.upcoming(files)) {
        const item = store.getItem(id)
        if (item === undefined || (bytes -= item.size) < 0) break
        items.push(item)
      }
      return items
    },
  })

  const random = (): number => (settings.options.random ?? Math.random)()

  const pumpSoon = (): void => {
    if (pumpDue) return
    pumpDue = true
    // After all that the app does in this turn: priorities, moves, more files.
    queueMicrotask(() => {
      pumpDue = false
      queue.pump()
    })
  }

  const end = (job: UploadJob, ending: JobEnding): void => {
    job.controller?.abort()
    job.controller = null
    job.crc64 = null
    const { waiters } = job
    job.waiters = []
    for (const waiter of waiters) waiter(ending)
  }

  const settle = (job: UploadJob): void => {
    const item = store.getItem(job.id)
    if (item !== undefined && isSettled(item)) end(job, { kind: 'settled', item })
  }

  const run = createRunner({ store, desk, clock, settings: () => settings, online, requeue: enqueue, settle })

  const admission = createAdmission({
    store,
    settings: () => settings,
    admitted: enqueue,
    reject(job, file, name, reasons) {
      const [item] = store.remove(new Set([job.id]))
      jobs.delete(job.id)
      if (item !== undefined) store.emit({ type: 'item-removed', item })
      reject([{ file, name, errors: reasons }])
      end(job, { kind: 'rejected', reasons })
    },
  })

  function enqueue(job: UploadJob): void {
    if (!job.admitted) return admission.push(job)
    if (!job.wanted) return
    queue.push(job)
    pumpSoon()
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

  const admit = (
    files: Iterable<Blob | FileInput>,
    wanted: boolean,
  ): { readonly added: readonly UploadJob[]; readonly rejections: readonly FileRejection[] } => {
    const { restrictions = {}, prepare } = settings.options
    const added: UploadJob[] = []
    const items: UploadItem[] = []
    const rejections: FileRejection[] = []
    const held = { ...store.getSnapshot().totals }
    for (const input of files) {
      const { file, name, relativePath, priority } = readFileInput(input)
      // Only the count is final before `prepare` has made of the file what it will be.
      const errors: readonly RejectionReason[] =
        prepare === undefined
          ? [...checkFile(file, name, restrictions), ...checkTotals(file, held, restrictions)]
          : checkTotals(file, held, { ...restrictions, maxTotalSize: Infinity })
      if (errors.length > 0) {
        rejections.push({ file, name, errors })
        continue
      }
      held.files += 1
      held.bytes += file.size
      const id = mintId()
      items.push({ id, file, name, size: file.size, type: file.type, relativePath, priority, status: 'queued' })
      const job = createJob(id, priority, nextRank++)
      job.wanted = wanted
      jobs.set(id, job)
      added.push(job)
    }
    if (store.flags().rejections.length > 0) store.set({ rejections: [] })
    if (items.length > 0) {
      listen()
      store.add(items)
      store.emit({ type: 'files-added', items })
      for (const job of added) enqueue(job)
    }
    reject(rejections)
    return { added, rejections }
  }

  const cancelJob = (job: UploadJob): void => {
    const before = store.getItem(job.id)
    if (before === undefined || isSettled(before)) return
    job.stopTimer?.()
    job.stopTimer = null
    queue.drop(job)
    const item = store.change(job.id, { type: 'cancel' })
    if (item !== undefined) store.emit({ type: 'upload-canceled', item })
    settle(job)
  }

  const removeJobs = (ids: ReadonlySet<string>): void => {
    for (const id of ids) {
      const job = jobs.get(id)
      if (job !== undefined) cancelJob(job)
      jobs.delete(id)
      desk.forget(id)
    }
    for (const item of store.remove(ids)) store.emit({ type: 'item-removed', item })
  }

  const retryJob = (job: UploadJob): void => {
    const item = store.getItem(job.id)
    if (item?.status === 'retrying') job.stopTimer?.()
    else if (item?.status === 'error' || item?.status === 'canceled') {
      job.attempt = 0
      job.renewal = 'none'
      job.free = false
      store.change(job.id, { type: 'requeue' })
    } else return
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
    for (const job of id === undefined ? [...jobs.values()] : [jobs.get(id)]) if (job !== undefined) act(job)
  }

  /** Resolves with how each ended; aborting cancels those that have not. */
  const endings = async (added: readonly UploadJob[], signal: AbortSignal | undefined): Promise<readonly JobEnding[]> => {
    const all = Promise.all(added.map((job) => new Promise<JobEnding>((resolve) => job.waiters.push(resolve))))
    const cancel = (): void => added.forEach(cancelJob)
    if (signal?.aborted === true) cancel()
    signal?.addEventListener('abort', cancel)
    return all.finally(() => signal?.removeEventListener('abort', cancel))
  }

  return {
    add: (files) => admit(files, settings.options.autoUpload ?? true).added.map(({ id }) => id),
    start: (id) => each(id, start),
    async upload(files, { signal } = {}) {
      const ended = await endings(admit(files, true).added, signal)
      return ended.flatMap((ending) => (ending.kind === 'settled' ? [ending.item] : []))
    },
    async uploadAsync(file, { signal } = {}) {
      const { added, rejections } = admit([file], true)
      const [ending] = await endings(added, signal)
      if (ending?.kind === 'settled') return resultOf(ending.item, signal)
      const { name } = readFileInput(file)
      const reasons = ending?.reasons ?? rejections[0]?.errors ?? []
      throw new CosUploadError('file-rejected', `"${name}" was not added: ${reasons.map(({ message }) => message).join(' ')}`, { name, reasons })
    },
    cancel: (id) => each(id, cancelJob),
    retry: (id) => each(id, (job) => (id !== undefined || store.getItem(job.id)?.status === 'error') && retryJob(job)),
    remove: (id) => removeJobs(new Set([id])),
    clear(which = 'settled') {
      const { items } = store.getSnapshot()
      removeJobs(new Set([...items].filter((item) => which === 'all' || isSettled(item)).map(({ id }) => id)))
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
      store.change(id, { type: 'prioritise', priority })
      job.priority = priority
      queue.sort()
    },
    move(id, index) {
      store.move(id, index)
      const { ids } = store.getSnapshot()
      for (const [rank, each] of ids.entries()) {
        const job = jobs.get(each)
        if (job !== undefined) job.rank = rank
      }
      nextRank = ids.length
      queue.sort()
    },
    dismissRejections: () => store.set({ rejections: [] }),
    setOptions(next) {
      settings = readSettings(next, clock)
      pumpSoon()
    },
    getItem: store.getItem,
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    subscribeItem: store.subscribeItem,
    onEvent: store.onEvent,
    destroy() {
      each(undefined, cancelJob)
      stopListening?.()
      stopListening = null
      store.release()
    },
  }
}

function pick({ fields, context }: UploaderOptions): Pick<UploaderOptions, 'fields' | 'context'> {
  return { ...(fields !== undefined && { fields }), ...(context !== undefined && { context }) }
}

function resultOf(item: SettledItem, signal: AbortSignal | undefined) {
  if (item.status === 'success') return item.result
  if (item.status === 'error') throw item.error
  const reason: unknown = signal?.reason
  throw new CosUploadError('aborted', 'The upload was canceled.', { reason: reason instanceof Error ? reason.message : null }, { cause: reason })
}
