import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import { createPolicyDesk } from './policy/policy-desk.ts'
import { policyExpired } from './policy/policy-expired.ts'
import { isExpired, isThrottle, retryDelay } from './retry-policy.ts'
import { createSendUpload } from './send-upload.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from './upload-error.ts'
import { isSettled, type UploadItem } from './upload-item.ts'
import type { UploadDoubt, UploadJob } from './upload-job.ts'
import type { Outcome } from './upload-queue.ts'
import type { UploadResult } from './upload-result.ts'
import type { UploaderOptions } from './uploader.ts'
import { readSettings, type UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

export interface RunnerPorts {
  readonly store: UploaderStore
  readonly clock: Clock
  readonly options: () => UploaderOptions
  readonly online: () => boolean
  /** The next in the queue's order, up to so many files and so many bytes together. */
  readonly upcoming: (files: number, bytes: number) => readonly UploadItem[]
  /** It waits for a slot again. */
  readonly requeue: (job: UploadJob) => void
  /** It is settled. */
  readonly end: (job: UploadJob) => void
}

/** The part of an uploader that sends. */
export interface UploadRunner {
  /** Takes one item, holding a slot, from the queue to its settlement or to its next wait. Never rejects. */
  readonly run: (job: UploadJob, signal: AbortSignal) => Promise<Outcome>
  readonly forget: (id: string) => void
  /** Lets go of what outlives an upload: the hasher's worker. */
  readonly release: () => void
}

export function createRunner({ store, clock, options, online, upcoming, requeue, end }: RunnerPorts): UploadRunner {
  let known: UploaderSettings | null = null
  const settings = (): UploaderSettings => (known?.options === options() ? known : (known = readSettings(options(), clock)))
  const desk = createPolicyDesk({ clock, settings, upcoming })
  const sender = createSendUpload({ store, desk, clock, settings })

  const confirm = async (job: UploadJob, doubt: UploadDoubt, signal: AbortSignal): Promise<UploadResult> => {
    const { id, attempt } = job
    store.become(id, { status: 'confirming', attempt })
    const crc64 = await untilAborted(signal, job.crc64 ?? Promise.resolve(null))
    const { confirmUpload } = await (settings().confirming ?? import('./confirm/confirm-upload.ts'))
    const confirmation = await confirmUpload({ doubt, size: store.getItem(id)?.size ?? 0, crc64 }, settings(), clock, signal)
    if (confirmation.kind !== 'unanswered') job.doubt = null
    if (confirmation.kind === 'stored') return confirmation.result
    throw confirmation.error
  }

  /** Waits for another attempt, or fails. */
  const giveWay = (job: UploadJob, error: AnyUploadError): Outcome => {
    const { id, attempt } = job
    const { retry, random } = settings()
    const { code } = error
    // While there is no network the queue is held; the way there is not this file's failure.
    const lost = !online() && (code === 'network' || code === 'stalled' || code === 'policy-unreachable')
    // The desk has already asked as often as is wise.
    const delay = lost ? 0 : code === 'policy-unreachable' ? null : retryDelay(error, ++job.failures, retry, random)
    if (delay === null) {
      if (store.become(id, { status: 'error', attempt, error })) end(job)
    } else {
      if (lost) job.free = attempt > 0
      job.renewal = null
      store.become(id, { status: 'retrying', attempt: attempt || 1, maxAttempts: retry.attempts, retryAt: clock.now() + delay, error })
      job.stopTimer = clock.after(delay, () => {
        job.stopTimer = null
        requeue(job)
      })
    }
    return isThrottle(error) ? 'throttled' : 'other'
  }

  return {
    async run(job, signal) {
      for (;;) {
        const item = store.getItem(job.id)
        if (signal.aborted || !item || isSettled(item)) return 'other'
        const { doubt } = job
        try {
          const result = await (doubt ? confirm(job, doubt, signal) : sender.send(job, item, signal))
          if (signal.aborted) return 'other'
          if (job.doubt) continue
          desk.forget(job.id)
          if (store.become(job.id, { status: 'success', result })) end(job)
          return 'success'
        } catch (cause) {
          if (signal.aborted) return 'other'
          const error = asUploadError(cause)
          const expired = isExpired(error)
          if (expired && !job.renewal) {
            // Refused before anything was stored: the same attempt goes on with a new policy.
            job.renewal = 'due'
            job.free = job.attempt > 0
            continue
          }
          if (error.code === 'outcome-unknown' && !doubt) {
            store.emit({ type: 'outcome-doubted', item: store.getItem(job.id) ?? item, error })
            if (job.doubt) continue
          }
          return giveWay(job, expired ? policyExpired(null, error) : error)
        }
      }
    },
    forget: desk.forget,
    release: sender.release,
  }
}

function asUploadError(cause: unknown): AnyUploadError {
  if (isCosUploadError(cause)) return cause
  return new CosUploadError('network', 'The transport, or another port of yours, threw an error: see its cause.', { probe: null, url: '' }, { cause })
}
