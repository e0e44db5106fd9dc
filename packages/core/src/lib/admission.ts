import { untilAborted } from './abort.ts'
import { readFileInput } from './file-input.ts'
import { createFileCheck } from './restrict/check-file.ts'
import { nextTask } from './next-task.ts'
import type { RecoveryLives } from './recovery-lives.ts'
import type { RejectionReason } from './restrict/restrictions.ts'
import type { UploadFate } from './upload-fate.ts'
import type { UploadJob } from './upload-job.ts'
import { createUploadQueue } from './upload-queue.ts'
import type { FileInput, UploaderOptions } from './uploader.ts'
import type { UploaderStore } from './uploader-store.ts'

/** Files examined at a time: images being compressed take memory. */
const atOnce = 3
/** Files after which the page has its turn: rules that answer at once would have ten thousand examined in one task. */
const inOneTurn = 100

export interface AdmissionPorts {
  readonly store: UploaderStore
  readonly options: () => UploaderOptions
  readonly signalOf: (job: UploadJob) => AbortSignal
  readonly enqueue: (job: UploadJob) => void
  readonly jobs: Map<string, UploadJob>
  readonly fate: Pick<UploadFate, 'end'>
  readonly recovery: Pick<RecoveryLives, 'forget'>
}

/** Runs the app's `prepare` and `validate` on added files, a few at a time, before they may wait for a slot. */
export function createAdmission({ store, jobs, options, signalOf, enqueue, fate, recovery }: AdmissionPorts): (job: UploadJob) => void {
  /** Bytes of files that may still become smaller: they do not count yet. */
  const raw = new Map<UploadJob, number>()
  let rawBytes = 0
  const count = (job: UploadJob, bytes = 0): void => {
    rawBytes += bytes - (raw.get(job) ?? 0)
    raw.set(job, bytes)
    if (bytes === 0) raw.delete(job)
  }

  const reject = (job: UploadJob, errors: readonly RejectionReason[]): void => {
    const item = store.getItem(job.id)
    if (!item || !jobs.delete(job.id)) return
    const rejection = { file: item.file, name: item.name, errors }
    // With the next frame: a thousand files that are examined are not a thousand times to render their list.
    store.remove([job.id], false)
    store.reject([rejection], false)
    // Also what lives before a destroy have left of it.
    recovery.forget([job.id])
    fate.end(job, rejection)
  }

  /** The app's part, for as long as the file is wanted: one that never answers keeps no place. What it throws is a reason too. */
  const examine = async (job: UploadJob, signal: AbortSignal): Promise<readonly RejectionReason[]> => {
    const { id } = job
    const restored = job.prepared === false
    const { prepare } = options()
    let item = store.getItem(id)
    if (item === undefined) return []
    try {
      // Once: a retry of what was canceled after that is of the file that came of it.
      if (!job.prepared && (prepare || job.unruled)) {
        if (prepare) {
          const prepared = await untilAborted(signal, Promise.resolve(prepare(item.file, { name: item.name, signal })))
          if (signal.aborted) return []
          const given = readPrepared(prepared)
          // A File has a name of its own, which is news unless the file that came had it.
          const renamed = nameOf(given.file) !== undefined && nameOf(given.file) !== nameOf(item.file)
          const { file, name } = readFileInput(renamed ? given : { ...given, name: given.name ?? item.name })
          const { relativePath = item.relativePath, priority = job.priority }: FileInput = given
          store.amend(id, { file, name, size: file.size, type: file.type, relativePath, priority }, false)
          Object.assign(job, { priority, prepared: true })
          item = store.getItem(id) ?? item
        }
        count(job)
        // Also where nothing is prepared any more: when the file came, these rules were left for here. Not their count, which was when it came; nor of
        // what an earlier page left whether there is room, or it would be lost for what came first.
        const bytes = restored ? -Infinity : store.totals().bytes - item.size - rawBytes
        const rejection = createFileCheck(options().restrictions ?? {}, { files: -Infinity, bytes })(item)
        if (rejection) return rejection.errors
      }
    } catch (error) {
      return [{ code: 'prepare-failed', message: messageOf(error) }]
    }
    try {
      const reason = (await untilAborted(signal, Promise.resolve(options().restrictions?.validate?.(item.file, { name: item.name, signal })))) ?? null
      return reason === null ? [] : [readReason(reason)]
    } catch (error) {
      return [{ code: 'validate-failed', message: messageOf(error) }]
    }
  }

  let begun = 0
  let turn: Promise<void> | undefined

  /** In the order of the queue of uploads: who is wanted first is not to wait for the photos of all others. */
  const queue = createUploadQueue<UploadJob>({
    max: () => atOnce,
    pick: () => 0,
    async run(job) {
      const signal = signalOf(job)
      if (++begun % inOneTurn === 0) turn = nextTask()
      await turn
      const reasons = signal.aborted ? [] : await examine(job, signal)
      if (signal.aborted) return 'other'
      count(job)
      if (reasons.length > 0) reject(job, reasons)
      else {
        job.admitted = true
        enqueue(job)
      }
      return 'other'
    },
  })

  // Priorities and places may have changed.
  store.subscribe(queue.sort)

  return (job) => {
    if (!job.prepared) count(job, store.getItem(job.id)?.size)
    const forget = (): void => {
      count(job)
      queue.drop(job)
    }
    signalOf(job).addEventListener('abort', forget, { once: true })
    queue.push(job)
    queue.pump()
  }
}

/** Apps in JavaScript forget to return, and `toBlob` gives `null` for a canvas that is too large. */
function readPrepared(prepared: Blob | FileInput | null | undefined): FileInput {
  const given = isBlob(prepared) ? { file: prepared } : prepared
  if (isBlob(given?.file)) return given
  throw new TypeError('`prepare` returned no file. It is to return a Blob, a File, or { file }.')
}

/** In JavaScript, `true`, a sentence or a list would be a rejection that tells nobody why. */
function readReason(reason: RejectionReason): RejectionReason {
  const found: Readonly<Record<string, unknown>> = Object(reason)
  if (typeof found['code'] === 'string' && typeof found['message'] === 'string') return reason
  throw new TypeError('`validate` returned no reason. It is to return { code, message }, or null for a file that may be added.')
}

/** Not `instanceof`: it may come from another window. A `FileInput` may tell a size as well. */
function isBlob(value: unknown): value is Blob {
  return typeof value === 'object' && value !== null && !('file' in value) && 'size' in value && typeof value.size === 'number'
}

/** A Blob has none. */
function nameOf({ name }: Blob & Partial<File>): string | undefined {
  return name
}

function messageOf(error: unknown): string {
  try {
    return String(typeof error === 'object' && error !== null && 'message' in error ? error.message : error)
  } catch {
    return 'An error without words was thrown.'
  }
}
