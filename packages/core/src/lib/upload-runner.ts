import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import { policyExpired } from './policy/policy-expired.ts'
import type { PolicyDesk } from './policy/policy-desk.ts'
import { isExpired, isThrottle, retryDelay } from './retry-policy.ts'
import type { SendUpload } from './send-upload.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from './upload-error.ts'
import { isSettled, type UploadItem } from './upload-item.ts'
import type { UploadDoubt, UploadJob } from './upload-job.ts'
import type { Outcome } from './upload-queue.ts'
import type { UploadResult } from './upload-result.ts'
import type { UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

export interface RunnerPorts {
  readonly store: UploaderStore
  readonly desk: PolicyDesk
  readonly clock: Clock
  readonly settings: () => UploaderSettings
  readonly send: SendUpload
  readonly online: () => boolean
  /** It waits for a slot again. */
  readonly requeue: (job: UploadJob) => void
  readonly settle: (job: UploadJob) => void
}

/** Takes one item, holding a slot, from the queue to its settlement or to its next wait. Never rejects. */
export type RunUpload = (job: UploadJob, signal: AbortSignal) => Promise<Outcome>

export function createRunner({ store, desk, clock, settings, send, online, requeue, settle }: RunnerPorts): RunUpload {
  const confirm = async (job: UploadJob, doubt: UploadDoubt, { size }: UploadItem, signal: AbortSignal): Promise<UploadResult> => {
    store.change(job.id, { type: 'confirm', attempt: job.attempt })
    const crc64 = await untilAborted(signal, job.crc64 ?? Promise.resolve(null))
    const { confirmUpload } = await import('./confirm/confirm-upload.ts')
    const confirmation = await confirmUpload({ doubt, size, crc64 }, settings(), clock, signal)
    if (confirmation.kind !== 'unanswered') job.doubt = null
    if (confirmation.kind === 'stored') return confirmation.result
    throw confirmation.error
  }

  const wait = (job: UploadJob, error: AnyUploadError, delay: number): void => {
    const { id } = job
    const attempt = Math.max(1, job.attempt)
    job.renewal = 'none'
    const retryAt = clock.now() + delay
    const item = store.change(id, { type: 'wait', attempt, maxAttempts: settings().retry.attempts, retryAt, error })
    if (item !== undefined) store.emit({ type: 'upload-retried', item, error })
    job.stopTimer = clock.after(delay, () => {
      job.stopTimer = null
      requeue(job)
    })
  }

  /** Waits for another attempt, or fails. */
  const giveWay = (job: UploadJob, error: AnyUploadError): Outcome => {
    if (!online() && (error.code === 'network' || error.code === 'stalled' || error.code === 'policy-unreachable')) {
      // The queue is held until the network is back; the way there is not this file's failure.
      job.free = job.attempt > 0
      wait(job, error, 0)
      return 'other'
    }
    const { retry, random } = settings()
    job.failures += 1
    // The desk has already asked as often as is wise.
    const delay = error.code === 'policy-unreachable' ? null : retryDelay(error, job.failures, retry, random)
    if (delay === null) {
      const item = store.change(job.id, { type: 'fail', attempt: job.attempt, error })
      if (item !== undefined) store.emit({ type: 'upload-failed', item, error })
      settle(job)
    } else wait(job, error, delay)
    return isThrottle(error) ? 'throttled' : 'other'
  }

  return async (job, signal) => {
    for (;;) {
      const item = store.getItem(job.id)
      if (signal.aborted || item === undefined || isSettled(item)) return 'other'
      const { doubt } = job
      try {
        const result = doubt === null ? await send(job, item, signal) : await confirm(job, doubt, item, signal)
        if (signal.aborted) return 'other'
        if (job.doubt !== null) continue
        desk.forget(job.id)
        const done = store.change(job.id, { type: 'succeed', result })
        if (done !== undefined) store.emit({ type: 'upload-succeeded', item: done, result })
        settle(job)
        return 'success'
      } catch (cause) {
        if (signal.aborted) return 'other'
        const error = asUploadError(cause)
        if (isExpired(error) && job.renewal === 'none') {
          // Refused before anything was stored: the same attempt goes on with a new policy.
          job.renewal = 'due'
          job.free = job.attempt > 0
          continue
        }
        if (error.code === 'outcome-unknown' && doubt === null) {
          store.emit({ type: 'outcome-doubted', item: store.getItem(job.id) ?? item, error })
          if (job.doubt !== null) continue
        }
        return giveWay(job, isExpired(error) ? policyExpired(null, error) : error)
      }
    }
  }
}

function asUploadError(cause: unknown): AnyUploadError {
  if (isCosUploadError(cause)) return cause
  return new CosUploadError('network', 'The transport, or another port of yours, threw an error: see its cause.', { probe: null, url: '' }, { cause })
}
