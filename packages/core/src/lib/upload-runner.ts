import type { Clock } from './clock.ts'
import { loadExplanation } from './load-explanation.ts'
import { createPolicyDesk } from './policy/policy-desk.ts'
import { createSendUpload } from './send-upload.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from './upload-error.ts'
import { isSettled, type UploadItem } from './upload-item.ts'
import type { UploadJob } from './upload-job.ts'
import type { Outcome } from './upload-queue.ts'
import type { UploaderOptions } from './uploader.ts'
import { loadConfirm, readSettings, type UploaderSettings } from './uploader-settings.ts'
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
  /** For a failure about which nothing more can be found out. */
  readonly judgePlainly: (job: UploadJob, cause: unknown) => Outcome
  readonly forget: (id: string) => void
  /** Lets go of what outlives an upload: the hasher's worker. */
  readonly release: () => void
}

export function createRunner(ports: RunnerPorts): UploadRunner {
  const { store, clock, options, requeue, end } = ports
  let known: UploaderSettings | null = null
  const settings = (): UploaderSettings => (known?.options === options() ? known : (known = readSettings(options(), clock)))
  const desk = createPolicyDesk({ ...ports, settings })
  const sender = createSendUpload({ ...ports, desk, settings })

  const fail = (job: UploadJob, error: AnyUploadError): void => {
    if (store.become(job.id, { status: 'error', attempt: job.attempt, error })) end(job)
  }

  /** It gives its slot away for so many milliseconds. */
  const wait = (job: UploadJob, error: AnyUploadError, delay: number): void => {
    const { id, attempt } = job
    job.renewal = null
    const { attempts: maxAttempts } = settings().retry
    store.become(id, { status: 'retrying', attempt: attempt || 1, maxAttempts, retryAt: clock.now() + delay, error })
    job.stopTimer = clock.after(delay, () => {
      job.stopTimer = null
      requeue(job)
    })
  }

  /** Without the code that judges failures (the network may be gone): what was surely not stored is sent again a few times. */
  const judgePlainly = (job: UploadJob, cause: unknown): Outcome => {
    const error = isCosUploadError(cause) ? cause : new CosUploadError('network', String(cause), { probe: null, url: '' }, { cause })
    if (error.code === 'network' && ++job.failures < settings().retry.attempts) wait(job, error, 3_000)
    else fail(job, error)
    return 'other'
  }

  const judge = (job: UploadJob, cause: unknown, signal: AbortSignal): Promise<Outcome | 'again'> =>
    loadExplanation<Outcome | 'again'>(
      async () => (await import('./after-failure.ts')).afterFailure(job, cause, { ...ports, settings, proven: sender.proven, wait, fail }, signal),
      () => judgePlainly(job, cause),
    )

  return {
    async run(job, signal) {
      for (;;) {
        const item = store.getItem(job.id)
        if (signal.aborted || !item || isSettled(item)) return 'other'
        try {
          const { doubt } = job
          const result = await (doubt
            ? loadConfirm().then(({ confirmJob }) => confirmJob(job, doubt, { store, clock, settings }, signal))
            : sender.send(job, item, signal))
          if (signal.aborted || job.doubt) continue
          desk.forget(job.id)
          if (store.become(job.id, { status: 'success', result })) end(job)
          return 'success'
        } catch (cause) {
          const outcome = signal.aborted ? 'other' : await judge(job, cause, signal)
          if (outcome !== 'again') return outcome
        }
      }
    },
    judgePlainly,
    forget: desk.forget,
    release: sender.release,
  }
}
