import { untilAborted } from './abort.ts'
import { admitFiles, checkRoom } from './admit-files.ts'
import { systemClock } from './clock.ts'
import { browserConnectivity } from './connectivity.ts'
import { lazily } from './lazily.ts'
import type { KeptJob } from './recovery/kept-item.ts'
import { createNetworkWatch } from './network-watch.ts'
import { onceAfterTurn } from './once-after-turn.ts'
import { isSettled, type UploadItem } from './upload-item.ts'
import { endingsOf, resultOf } from './upload-ending.ts'
import { createUploadFate } from './upload-fate.ts'
import type { UploadJob } from './upload-job.ts'
import { createUploadQueue, type UploadQueue } from './upload-queue.ts'
import type { UploadRunner } from './upload-runner.ts'
import type { FileInput, Uploader, UploaderOptions } from './uploader.ts'
import { createUploaderRecovery } from './uploader-recovery.ts'
import { createUploaderStore } from './uploader-store.ts'

/**
 * Makes one queue of uploads. Nothing happens, and nothing is listened to, until files are added: it may be created while rendering, and on a
 * server.
 */
export function createUploader(initial: UploaderOptions): Uploader {
  let options = initial
  const clock = options.clock ?? systemClock
  const store = createUploaderStore(clock)
  const { getItem } = store
  const jobs = new Map<string, UploadJob>()
  let nextRank = 0
  let runner: UploadRunner | null = null

  const signalOf = (job: UploadJob): AbortSignal => (job.controller ??= new AbortController()).signal

  const queue: UploadQueue<UploadJob> = createUploadQueue({
    max: () => Math.max(1, Math.floor(options.concurrency ?? 3) || 1),
    pick: (line) => (!store.flags().paused && network.online() ? (runner?.pick(line) ?? 0) : -1),
    run(job) {
      // This start's own: canceled and started again while the runner is loaded, it is another one.
      const signal = signalOf(job)
      return (
        runner?.run(job, signal) ??
        loadRunner().then(
          (loaded) => loaded.run(job, signal),
          (cause) => fate.judgePlainly(job, cause, signal),
        )
      )
    },
  })

  // After all that the app does in this turn: priorities, moves, more files.
  const pumpSoon = onceAfterTurn(queue.pump)

  const network = createNetworkWatch(
    () => options.connectivity ?? browserConnectivity,
    store,
    () => {
      runner?.wake()
      pumpSoon()
    },
  )

  const enqueue = (job: UploadJob): void => {
    network.start()
    if (!job.admitted) examine(job)
    else if (!getItem(job.id)?.unstarted) {
      queue.push(job)
      pumpSoon()
    }
  }

  /** It waits neither for its time nor for a slot any more. Returns whether it has. */
  const stopWaiting = (job: UploadJob): boolean => {
    const waited = queue.drop(job) || !!job.stopTimer
    job.stopTimer?.()
    return waited
  }

  const ports = {
    ...queue,
    store,
    clock,
    jobs,
    options: () => options,
    online: network.online,
    pump: pumpSoon,
    stopWaiting,
    enqueue,
  }
  const fate = createUploadFate(ports)
  const { cancel } = fate
  const loadRunner = lazily(() => import('./upload-runner.ts').then(({ createRunner }) => (runner ??= createRunner({ ...ports, fate }))))
  const loadAdmission = lazily(() => import('./admission.ts').then(({ createAdmission }) => createAdmission({ ...ports, fate, recovery, signalOf })))

  function examine(job: UploadJob): void {
    const signal = signalOf(job)
    untilAborted(signal, loadAdmission()).then(
      // It may have been canceled, and started again, since that came.
      (admit) => signal.aborted || admit(job),
      (cause) => fate.judgePlainly(job, cause, signal),
    )
  }

  const recovery = createUploaderRecovery(ports)

  const hold = (items: readonly UploadItem[], kept?: ReadonlyMap<string, KeptJob>): readonly UploadJob[] => {
    if (!items.length) return []
    recovery.keep()
    store.add(items)
    store.emit({ type: 'files-added', items })
    const unruled = !!options.prepare
    const admitted = !unruled && !options.restrictions?.validate
    return items.map(({ id, priority, status }) => {
      const job: UploadJob = { id, priority, rank: nextRank++, admitted, unruled, attempt: 0, failures: 0, ...kept?.get(id) }
      jobs.set(id, job)
      if (status === 'queued') enqueue(job)
      return job
    })
  }

  // An app may tell of them in an effect and dismiss what is none: a change would call that effect for ever. So with a place or priority that it has.
  const dismissRejections = (): void => {
    if (store.flags().rejections.length) store.set({ rejections: [] })
  }

  const admit = (files: Iterable<Blob | FileInput>, unstarted: boolean = options.autoUpload === false) => {
    const { items, refused } = admitFiles(files, store.totals(), options, unstarted)
    dismissRejections()
    const added = hold(items)
    if (refused.length) store.reject(refused)
    return { added, refused }
  }

  const removeJobs = (ids: readonly string[]): void => {
    for (const id of ids) {
      const job = jobs.get(id)
      // Not `each`: an id that is none (of a file that was refused) is not everybody's.
      if (job) cancel(job)
      jobs.delete(id)
      runner?.forget(id)
    }
    recovery.forget(ids)
    store.remove(ids)
  }

  const each = (id: string | undefined, act: (job: UploadJob) => void): void => {
    for (const job of id === undefined ? [...jobs.values()] : [jobs.get(id)]) if (job) act(job)
  }

  const setPaused = (paused: boolean): void => {
    if (store.flags().paused === paused) return
    store.set({ paused })
    store.emit({ type: paused ? 'queue-paused' : 'queue-resumed' })
    pumpSoon()
  }

  return {
    ...store.view,
    add: (files) => admit(files).added.map(({ id }) => id),
    start: (id) =>
      each(id, (job) => {
        if (!getItem(job.id)?.unstarted) return
        store.amend(job.id, { unstarted: false })
        // Otherwise it is being examined, and is queued after that.
        if (job.admitted) enqueue(job)
      }),
    async restore() {
      // Destroyed meanwhile, it leaves them to the next.
      const { items = [], jobs: kept } = (await recovery.load()) ?? {}
      // Asked twice, it finds what is here.
      return hold(
        items.filter(({ id }) => !getItem(id)),
        kept,
      ).map(({ id }) => id)
    },
    async upload(files, { signal } = {}) {
      return (await endingsOf(admit(files, false).added, signal, cancel)).filter((ending) => 'status' in ending && isSettled(ending))
    },
    async uploadAsync(file, { signal } = {}) {
      const { added, refused } = admit([file], false)
      const [ending = refused[0]] = await endingsOf(added, signal, cancel)
      return resultOf(ending, signal)
    },
    cancel: (id) => each(id, cancel),
    retry(id) {
      // Also where nothing has failed yet: somebody does not want to wait.
      runner?.wake()
      pumpSoon()
      each(id, (job) => {
        const item = getItem(job.id)
        const status = item?.status
        if (status !== 'error' && (id === undefined || (status !== 'canceled' && status !== 'retrying'))) return
        // Neither its time nor a slot is what it waits for: what it needs is being loaded.
        if (status === 'retrying' && !stopWaiting(job)) return
        const refused = item?.status === 'canceled' && checkRoom(item, store.totals(), options, job.admitted || !!job.prepared)
        if (refused) {
          dismissRejections()
          return store.reject([refused])
        }
        store.become(job.id, { status: 'queued' })
        if (status !== 'retrying') {
          job.attempt = job.failures = 0
          job.renewal = job.free = false
        }
        recovery.keep(true)
        enqueue(job)
      })
    },
    remove: (id) => removeJobs([id]),
    clear: (which) => removeJobs([...store.getSnapshot().items].filter((item) => which === 'all' || isSettled(item)).map(({ id }) => id)),
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    setPriority(id, priority) {
      const job = jobs.get(id)
      if (!job || job.priority === priority) return
      job.priority = priority
      store.amend(id, { priority })
      queue.sort()
    },
    move(id, index) {
      store.move(id, index)
      // Not `each`, which makes a list of each: an app may move thousands one by one.
      store.getSnapshot().ids.forEach((other, rank) => {
        const job = jobs.get(other)
        if (job) job.rank = rank
      })
      queue.sort()
    },
    dismissRejections,
    setOptions(next) {
      options = next
      network.follow()
      pumpSoon()
    },
    destroy() {
      // Before anything is canceled: what is unfinished now is to be found again.
      recovery.stop()
      each(undefined, cancel)
      network.stop()
      store.release()
      runner?.release()
    },
  }
}
