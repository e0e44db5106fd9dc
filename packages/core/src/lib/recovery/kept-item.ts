import { CosUploadError, type AnyUploadError } from '../upload-error.ts'
import type { UploadItem } from '../upload-item.ts'
import type { UploadDoubt, UploadJob } from '../upload-job.ts'
import type { RecoveredItem, SentNote } from './recovery.ts'

/** What is known of a kept item beside what is shown. */
export type KeptJob = Pick<UploadJob, 'prepared' | 'doubt'>

export function toRecord(item: UploadItem, order: number, prepared: boolean): RecoveredItem {
  const { id, file, name, size, type, relativePath, priority } = item
  const result = item.status === 'success' ? item.result : null
  return { id, file: result === null ? file : null, name, size, type, relativePath, priority, order, prepared, result }
}

/** All of its file may be on its way: it has been sent, or nobody can tell. */
export function mayBeOut(item: UploadItem): boolean {
  return item.status === 'uploading' && (item.progress.kind === 'unknown' || item.phase === 'waiting')
}

/** For a person, whom nobody else can tell. */
export function leftInDoubt(key: string): string {
  return `The page was left when all of the file may have been sent. The object "${key}" may be stored. Look for it before sending it again.`
}

/** @param error with which it failed */
export function toNote(sent: UploadDoubt | null | undefined, error?: AnyUploadError): SentNote {
  const { form, receipt = null, result = null } = sent ?? {}
  const told = error?.code === 'outcome-unknown' ? error.details : null
  // Without its query, where a token may be.
  const [action = ''] = (form?.action ?? told?.url ?? '').split(/[?#]/)
  const note = { action, key: form?.key ?? told?.key ?? '', receipt, result, problem: error?.message ?? null }
  return error && !sent ? { ...note, answered: true } : note
}

/** @param confirms whether somebody can be asked about it */
export function fromRecord({ file, result, sent, ...base }: RecoveredItem, confirms: boolean): UploadItem {
  const { id, name, size, type, relativePath, priority } = base
  const item = { id, file: file ?? new Blob([], { type }), name, size, type, relativePath, priority }
  const stored = result ?? (sent?.stored ? sent.result : null)
  if (stored !== null) return { ...item, status: 'success', result: stored }
  // Noted when there was somebody to ask, it may have been sent.
  const problem = sent?.problem ?? (sent?.key && !confirms ? leftInDoubt(sent.key) : null)
  if (!sent || !problem) return { ...item, status: 'queued' }
  const { action, key } = sent
  // A person decides.
  return { ...item, status: 'error', attempt: 1, error: new CosUploadError('outcome-unknown', problem, { probe: null, url: action, key }) }
}

/** @param confirms whether somebody can be asked about it */
export function toJob({ file, name, prepared, sent }: RecoveredItem, confirms: boolean): KeptJob {
  if (!confirms || !sent?.key || sent.stored || sent.answered || file === null) return { prepared }
  const { action, key, receipt, result } = sent
  // As much of that form as is known. It is asked about, and never sent.
  const form = { action, fields: [], value: () => undefined, key, landing: null, file, filename: name }
  return { prepared, doubt: { form, receipt, result } }
}
