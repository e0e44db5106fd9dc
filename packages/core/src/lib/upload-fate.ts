import type { Clock } from './clock.ts'
import type { FileRejection } from './restrict/restrictions.ts'
import { readAttempts } from './retry-attempts.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from './upload-error.ts'
import type { UploadJob } from './upload-job.ts'
import type { Outcome } from './upload-queue.ts'
import type { UploaderOptions } from './uploader.ts'
import type { UploaderStore } from './uploader-store.ts'

/** What can become of an item. */
export interface UploadFate {
  /** It is settled, or a file that the app's rules do not let through. */
  readonly end: (job: UploadJob, rejection?: FileRejection) => void
  readonly cancel: (job: UploadJob) => void
  /** It has failed. */
  readonly fail: (job: UploadJob, error: AnyUploadError) => void
  /** It gives its slot away, and waits for another one after so many milliseconds. */
  readonly wait: (job: UploadJob, error: AnyUploadError, delay: number) => void
  /**
   * For want of the code that judges failures (the network may be gone, and parts of the page with it): what surely was not stored is tried
   * again a few times.
   * @param signal of the attempt that failed: by now there may be another one
   */
  readonly judgePlainly: (job: UploadJob, cause: unknown, signal: AbortSignal) => Outcome
}

/** Milliseconds before the second try, and twice as long before each one after that, up to 80 s. */
const plainDelay = 5_000

export function createUploadFate({
  store,
  clock,
  options,
  online,
  stopWaiting,
  enqueue,
}: {
  readonly store: UploaderStore
  readonly clock: Clock
  readonly options: () => UploaderOptions
  readonly online: () => boolean
  /** It waits neither for its time nor for a slot any more. */
  readonly stopWaiting: (job: UploadJob) => void
  /** It waits for a slot, or is to be examined. */
  readonly enqueue: (job: UploadJob) => void
}): UploadFate {
  const attempts = (): number => readAttempts(options().retry)

  const end: UploadFate['end'] = (job, ending) => {
    const item = store.getItem(job.id)
    const { controller } = job
    // Before that is aborted: who hears of it may want it again at once, and that is another start.
    job.controller = null
    // After a success nothing is under way that could be ended, but a hash that there is nothing to compare with.
    if (item?.status !== 'success' || (job.crc64 && item.result.crc64 === null)) controller?.abort()
    job.crc64 = job.sent = null
    const told = ending ?? item
    if (told) job.onEnd?.(told)
  }
  const fail: UploadFate['fail'] = (job, error) => {
    store.become(job.id, { status: 'error', attempt: job.attempt || (job.doubt ? 1 : 0), error })
    end(job)
  }
  const wait: UploadFate['wait'] = (job, error, delay) => {
    job.renewal = false
    store.become(job.id, {
      status: 'retrying',
      attempt: job.attempt || 1,
      maxAttempts: attempts(),
      retryAt: clock.now() + delay,
      error,
      unstarted: store.getItem(job.id)?.unstarted,
    })
    job.stopTimer = clock.after(delay, () => {
      job.stopTimer = null
      // What examines it could not be loaded: it is to be examined like one that was just added.
      if (!job.admitted) store.become(job.id, { status: 'queued', unstarted: store.getItem(job.id)?.unstarted })
      enqueue(job)
    })
  }
  return {
    end,
    cancel(job) {
      stopWaiting(job)
      // Whoever wants it after all is not to have it stored twice.
      if (options().confirm && job.maybeStored && job.sent) job.doubt = job.sent
      store.become(job.id, { status: 'canceled' })
      end(job)
    },
    fail,
    wait,
    judgePlainly(job, cause, signal) {
      if (signal.aborted) return 'other'
      const error = isCosUploadError(cause)
        ? cause
        : new CosUploadError(
            'network',
            `Part of this page did not load: ${String(cause)}. Reload it if retries fail.`,
            { probe: null, url: '' },
            { cause },
          )
      const { sent } = job
      const item = job.maybeStored && sent && store.getItem(job.id)
      if (item) {
        store.emit({ type: 'outcome-doubted', item, error })
        if (options().confirm) job.doubt = error.code === 'network' ? { ...sent, broken: error } : sent
      }
      // Offline it is not this file's failure.
      if (error.code === 'network' && (!online() || ++job.failures < attempts())) {
        wait(job, error, plainDelay * 2 ** Math.min(job.failures - 1, 4))
        return 'trouble'
      }
      fail(job, error)
      // In doubt, as the next may be: nobody is to decide about all that wait.
      return item ? 'trouble' : 'other'
    },
  }
}
