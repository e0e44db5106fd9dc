import type { AnyUploadError } from '../upload-error.ts'
import type { UploadItem, UploadItemIn } from '../upload-item.ts'
import type { UploadDoubt, UploadJob } from '../upload-job.ts'
import type { SentNote } from './recovery.ts'

/** What says of an item that failed that storage may have it; of a refusal its job does. */
const doubts = new Set<AnyUploadError['code']>(['outcome-unknown', 'redirect-unreadable', 'confirm-failed'])

/**
 * From now on it may be stored, so it is not to be sent again before the app's server was asked. With nobody to ask a person is to decide about what
 * may be out as a whole: where the page goes to the landing page, that is how each upload ends. Of the rest browsers tell too late that it is out, so
 * it is sent again under its key. `null`: nothing is to be noted.
 */
export function noteOfSending(item: UploadItem, job: UploadJob | undefined, noted: SentNote | undefined, confirms: boolean): SentNote | null {
  const sent = job?.doubt ?? job?.sent
  if (!sent) return null
  const { key } = sent.form
  const isNoted = noted?.key === key
  if (sent.begun) return isNoted && noted.begun ? null : { ...toNote(sent), begun: true, answered: true }
  if (confirms) return toNote(sent)
  if (mayBeOut(item)) return isNoted && !noted.begun ? null : { ...toNote(sent), problem: leftInDoubt(key) }
  return isNoted ? null : { ...toNote(sent), begun: true }
}

/** The same of one that failed. */
export function noteOfFailure(
  { status, error }: UploadItemIn<'error' | 'retrying'>,
  job: UploadJob | undefined,
  noted: SentNote | undefined,
  confirms: boolean,
): SentNote | null {
  const { code } = error
  // Something else answered, and nobody could be asked.
  const unasked = code === 'reply-malformed' && !error.cause && !confirms
  // One that waits to be asked about keeps the note of its sending.
  if (doubts.has(code) || unasked || (code === 'service' && job?.maybeStored)) return status === 'error' ? toNote(job?.doubt, error, noted) : null
  // Surely not stored, or not that file: what was there before under its key is not to be taken for it. An earlier attempt may still be on its way.
  return noted?.key && !noted.begun && code !== 'reply-malformed' && !job?.doubt
    ? { ...noted, result: null, problem: null, begun: true, answered: true }
    : null
}

/**
 * @param error with which it failed
 * @param noted before that: not every error knows the key
 */
export function toNote(sent: UploadDoubt | null | undefined, error?: AnyUploadError, noted?: SentNote): SentNote {
  const { form, receipt = null, result = null } = sent ?? {}
  const told = error?.code === 'outcome-unknown' ? error.details : null
  // Without its query, where a token may be.
  const [action = ''] = (form?.action ?? told?.url ?? noted?.action ?? '').split(/[?#]/)
  const note = { action, key: form?.key ?? told?.key ?? noted?.key ?? '', receipt, result, problem: error?.message ?? null }
  return error && !sent ? { ...note, answered: true } : note
}

/** For a person, whom nobody else can tell. */
export function leftInDoubt(key: string): string {
  return `The page was left when all of the file may have been sent. The object "${key}" may be stored. Look for it before sending it again.`
}

/** All of its file may be on its way: it has been sent, or nobody can tell. */
function mayBeOut(item: UploadItem): boolean {
  return item.status === 'uploading' && (item.progress.kind === 'unknown' || item.phase === 'waiting')
}
