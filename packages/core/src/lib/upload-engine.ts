import type { Clock } from './clock.ts'
import { createPolicyDesk } from './policy/policy-desk.ts'
import type { RejectionReason } from './restrict/restrictions.ts'
import { createSendUpload } from './send-upload.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploadJob } from './upload-job.ts'
import { createRunner, type RunUpload } from './upload-runner.ts'
import type { UploaderOptions } from './uploader.ts'
import { readSettings, releaseHasher, type UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

/** The part of an uploader that sends. Loaded with the first file: a page that only shows the widget does not pay for it. */
export interface UploadEngine {
  readonly run: RunUpload
  /** Runs `prepare` and `validate`, then calls `admitted` or `reject`. */
  readonly admit: (job: UploadJob) => Promise<void>
  readonly forget: (id: string) => void
  /** Lets go of what outlives an upload: the hasher's worker. */
  readonly release: () => void
}

export interface EnginePorts {
  readonly store: UploaderStore
  readonly clock: Clock
  readonly options: () => UploaderOptions
  readonly online: () => boolean
  /** The next in the queue's order, up to so many files and so many bytes together. */
  readonly upcoming: (files: number, bytes: number) => readonly UploadItem[]
  readonly requeue: (job: UploadJob) => void
  readonly settle: (job: UploadJob) => void
  readonly reject: (job: UploadJob, reasons: readonly RejectionReason[]) => void
}

export function createUploadEngine(ports: EnginePorts): UploadEngine {
  const { store, clock, options, upcoming, requeue, reject } = ports
  let known: UploaderSettings | null = null
  let admission: Promise<(job: UploadJob) => void> | null = null
  const settings = (): UploaderSettings => {
    if (known?.options !== options()) known = readSettings(options(), clock)
    return known
  }
  const desk = createPolicyDesk({ clock, settings, upcoming })
  const send = createSendUpload({ store, desk, clock, settings })
  return {
    run: createRunner({ ...ports, desk, send, settings }),
    async admit(job) {
      try {
        admission ??= import('./admission.ts').then(({ createAdmission }) => createAdmission({ store, options, admitted: requeue, reject }))
        const examine = await admission
        examine(job)
      } catch (error) {
        admission = null
        reject(job, [{ code: 'prepare-failed', message: `The code that examines files could not be loaded: ${String(error)}` }])
      }
    },
    forget: desk.forget,
    release: releaseHasher,
  }
}
