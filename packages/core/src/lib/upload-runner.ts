import type { Clock } from './clock.ts'
import { releaseHashing } from './hashing/load-hashing.ts'
import { keepLast } from './keep-last.ts'
import { loadFailures, withFailures } from './load-failures.ts'
import { createOutage, type Outage } from './outage.ts'
import { createPolicyDesk } from './policy/policy-desk.ts'
import { createSendUpload } from './send-upload.ts'
import { mayBeStored } from './upload-doubt.ts'
import type { UploadFate } from './upload-fate.ts'
import { isCosUploadError } from './upload-error.ts'
import { isSettled } from './upload-item.ts'
import type { UploadJob } from './upload-job.ts'
import type { Outcome, UploadQueue } from './upload-queue.ts'
import type { UploaderOptions } from './uploader.ts'
import { loadConfirm, readSettings, type UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

export interface RunnerPorts {
  readonly store: UploaderStore
  readonly clock: Clock
  readonly options: () => UploaderOptions
  readonly online: () => boolean
  /** The next in the queue's order. */
  readonly upcoming: (count: number) => readonly UploadJob[]
  readonly fate: UploadFate
  readonly aside: UploadQueue<UploadJob>['aside']
  /** It waits for a slot. */
  readonly enqueue: (job: UploadJob) => void
  /** Starts what may start. */
  readonly pump: () => void
}

/** The part of an uploader that sends. Loaded with the first file: a page that only shows where files can be dropped does not pay for it. */
export interface UploadRunner {
  /** Takes one item, holding a slot, from the queue to its settlement or to its next wait. Never rejects. */
  readonly run: (job: UploadJob, signal: AbortSignal) => Promise<Outcome>
  readonly pick: Outage['pick']
  readonly forget: (id: string) => void
  /** Somebody wants to try again, and does not want to wait. */
  readonly wake: () => void
  /** Lets go of what outlives an upload: the hasher's worker, a request for files that were next. */
  readonly release: () => void
}

export function createRunner(ports: RunnerPorts): UploadRunner {
  const { store, clock, options, fate, pump } = ports
  const settingsOf = keepLast((present: UploaderOptions) => readSettings(present, clock))
  const settings = (): UploaderSettings => settingsOf(options())
  const desk = createPolicyDesk({ ...ports, settings })
  const parts = {
    ...ports,
    settings,
    desk,
    /** Actions from which something came back; whoever finds no way there takes it out. */
    proven: new Set<string>(),
    /** Uploads that succeeded. */
    stored: 0,
  }
  const send = createSendUpload(parts)
  const outage = createOutage(clock, settings, pump)
  // Not when it is needed: then the network may be gone.
  loadFailures().catch(() => {})

  return {
    async run(job, signal) {
      // Paused while this part was being loaded, it has not started yet.
      if (store.flags().paused && !signal.aborted) {
        ports.enqueue(job)
        return 'other'
      }
      const begun = outage.begin()
      for (;;) {
        const item = store.getItem(job.id)
        if (signal.aborted || !item || isSettled(item)) return 'other'
        const { doubt } = job
        try {
          const result = await (doubt ? loadConfirm().then(({ confirmJob }) => confirmJob(job, item, doubt, parts, signal)) : send(job, item, signal))
          if (signal.aborted || (job.doubt && !doubt)) continue
          job.doubt = null
          desk.forget(job.id)
          outage.end()
          parts.stored += 1
          store.become(job.id, { status: 'success', result })
          fate.end(job)
          return 'success'
        } catch (cause) {
          if (signal.aborted) return 'other'
          job.maybeStored = mayBeStored(cause)
          // Asked about for somebody who wants it sent, or after the network was gone, and surely not stored: that is no failure of the file.
          if (doubt && !job.doubt && (job.free || !job.attempt) && (isCosUploadError(cause, 'network') || isCosUploadError(cause, 'reply-malformed')))
            continue
          const outcome = await withFailures<Outcome | 'again'>(
            ({ afterFailure }) => afterFailure(job, cause, parts, signal),
            () => fate.judgePlainly(job, cause, signal),
          )
          if (outcome !== 'again') {
            if (outcome !== 'other') outage.failed(begun)
            return outcome
          }
        }
      }
    },
    pick: outage.pick,
    forget: desk.forget,
    wake() {
      outage.end()
      desk.wake()
    },
    release() {
      outage.end()
      desk.end()
      releaseHashing()
    },
  }
}
