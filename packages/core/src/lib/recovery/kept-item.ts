import { CosUploadError } from '../upload-error.ts'
import type { UploadItem } from '../upload-item.ts'
import type { UploadJob } from '../upload-job.ts'
import type { RecoveredItem } from './recovery.ts'
import { leftInDoubt } from './sent-note.ts'

/** What is known of a kept item beside what is shown. */
export type KeptJob = Pick<UploadJob, 'prepared' | 'doubt'>

export function toRecord(item: UploadItem, order: number, prepared: boolean): RecoveredItem {
  const { id, file, name, size, type, relativePath, priority } = item
  const result = item.status === 'success' ? item.result : null
  return { id, file: result === null ? file : null, name, size, type, relativePath, priority, order, prepared, result }
}

/**
 * @param confirms whether somebody can be asked about it
 * @param unstarted whether it waits for `start()` then
 */
export function fromRecord({ file, result, sent, ...base }: RecoveredItem, confirms: boolean, unstarted: boolean): UploadItem {
  const { id, name, size, type, relativePath, priority } = base
  const item = { id, file: file ?? new Blob([], { type }), name, size, type, relativePath, priority }
  const stored = result ?? (sent?.stored ? sent.result : null)
  if (stored !== null) return { ...item, status: 'success', result: stored }
  // Noted when there was somebody to ask, it may have been sent.
  const problem = sent?.problem ?? (sent?.key && !sent.begun && !confirms ? leftInDoubt(sent.key) : null)
  if (!sent || !problem) return { ...item, status: 'queued', unstarted }
  const { action, key } = sent
  // A person decides.
  return { ...item, status: 'error', attempt: 1, error: new CosUploadError('outcome-unknown', problem, { probe: null, url: action, key }) }
}

/** @param confirms whether somebody can be asked about it */
export function toJob({ file, name, prepared, sent }: RecoveredItem, confirms: boolean): KeptJob {
  if (!sent?.key || file === null || !(sent.begun || (confirms && !sent.answered))) return { prepared }
  const { action, key, receipt, result } = sent
  const begun = !!sent.begun && (!confirms || !!sent.answered)
  // As much of that form as is known. It is asked about, and never sent.
  const form = { action, fields: [], value: () => undefined, key, landing: null, file, filename: name }
  return { prepared, doubt: { form, receipt, result, begun } }
}
