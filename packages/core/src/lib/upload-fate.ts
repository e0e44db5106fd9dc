import type { Clock } from './clock.ts'
import { readRetryOptions } from './retry-options.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from './upload-error.ts'
import type { UploadJob } from './upload-job.ts'
import type { Outcome } from './upload-queue.ts'
import type { UploaderOptions } from './uploader.ts'
import type { UploaderStore } from './uploader-store.ts'

/** What can become of an item whose attempt failed. */
export interface UploadFate {
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

/** Milliseconds before the second try, and twice as long before each one after that. */
const plainDelay = 5_000

export function createUploadFate({
  store,
  clock,
  options,
  online,
  requeue,
  end,
}: {
  readonly store: UploaderStore
  readonly clock: Clock
  readonly options: () => UploaderOptions
  readonly online: () => boolean
  /** It waits for a slot again. */
  readonly requeue: (job: UploadJob) => void
  /** It is settled. */
  readonly end: (job: UploadJob) => void
}): UploadFate {
  const attempts = (): number => readRetryOptions(options().retry).attempts
  const fail: UploadFate['fail'] = (job, error) => {
    if (store.become(job.id, { status: 'error', attempt: job.attempt || (job.doubt ? 1 : 0), error })) end(job)
  }
  const wait: UploadFate['wait'] = (job, error, delay) => {
    job.renewal = null
    const retryAt = clock.now() + delay
    store.become(job.id, { status: 'retrying', attempt: job.attempt || 1, maxAttempts: attempts(), retryAt, error })
    job.stopTimer = clock.after(delay, () => {
      job.stopTimer = null
      requeue(job)
    })
  }
  return {
    fail,
    wait,
    judgePlainly(job, cause, signal) {
      if (signal.aborted) return 'other'
      if (job.maybeStored && options().confirm) job.doubt ??= job.sent ?? null
      const text = `Part of this page did not load: ${String(cause)}. Reload it if retries fail.`
      const error = isCosUploadError(cause) ? cause : new CosUploadError('network', text, { probe: null, url: '' }, { cause })
      // Offline it is not this file's failure.
      if (error.code !== 'network' || (online() && ++job.failures >= attempts())) {
        fail(job, error)
        return 'other'
      }
      wait(job, error, plainDelay * 2 ** (job.failures - 1))
      return 'trouble'
    },
  }
}
