import { readFileInput } from './file-input.ts'
import { checkFile, checkTotals } from './restrict/check-file.ts'
import type { RejectionReason } from './restrict/restrictions.ts'
import type { UploadJob } from './upload-job.ts'
import type { UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

/** Runs the app's `prepare` and `validate` on added files, a few at a time, before they may wait for a slot. */
export interface Admission {
  push(job: UploadJob): void
}

export function createAdmission(ports: {
  readonly store: UploaderStore
  readonly settings: () => UploaderSettings
  readonly admitted: (job: UploadJob) => void
  readonly reject: (job: UploadJob, file: Blob, name: string, reasons: readonly RejectionReason[]) => void
}): Admission {
  const { store, settings, admitted, reject } = ports
  const waiting = new Set<UploadJob>()
  let running = 0

  /** The app's part. What it throws is a reason too. */
  const examine = async (id: string, signal: AbortSignal): Promise<readonly RejectionReason[]> => {
    const { prepare, restrictions = {} } = settings().options
    let item = store.getItem(id)
    if (item === undefined) return []
    try {
      if (prepare !== undefined) {
        const prepared = await prepare(item.file, { name: item.name, signal })
        if (signal.aborted) return []
        const { file, name } = readFileInput(prepared instanceof Blob && !(prepared instanceof File) ? { file: prepared, name: item.name } : prepared)
        item = store.change(id, { type: 'prepare', file, name }) ?? item
        const { files, bytes } = store.getSnapshot().totals
        const others = { files: files - 1, bytes: bytes - file.size }
        const reasons = [...checkFile(file, name, restrictions), ...checkTotals(file, others, restrictions)]
        if (reasons.length > 0) return reasons
      }
    } catch (error) {
      return [{ code: 'prepare-failed', message: messageOf(error) }]
    }
    try {
      const reason = (await restrictions.validate?.(item.file, { name: item.name, signal })) ?? null
      return reason === null ? [] : [reason]
    } catch (error) {
      return [{ code: 'validate-failed', message: messageOf(error) }]
    }
  }

  const next = async (): Promise<void> => {
    // A set is walked through to what was added meanwhile.
    for (const job of waiting) {
      waiting.delete(job)
      if (store.getItem(job.id)?.status !== 'queued') continue
      job.controller ??= new AbortController()
      const { signal } = job.controller
      const reasons = await examine(job.id, signal)
      const item = store.getItem(job.id)
      if (signal.aborted || item === undefined) continue
      if (reasons.length > 0) reject(job, item.file, item.name, reasons)
      else {
        job.admitted = true
        admitted(job)
      }
    }
    running -= 1
  }

  return {
    push(job) {
      const { prepare, restrictions } = settings().options
      if (prepare === undefined && restrictions?.validate === undefined) {
        job.admitted = true
        return admitted(job)
      }
      waiting.add(job)
      if (running >= settings().concurrency) return
      running += 1
      void next()
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
