import { untilAborted } from '../abort.ts'
import { afterStill } from '../after-still.ts'
import type { Clock } from '../clock.ts'
import { refusesReceipt } from '../endpoint/read-failure.ts'
import { withoutQuery } from '../endpoint/without-query.ts'
import { loadHashing } from '../hashing/load-hashing.ts'
import { pause } from '../pause.ts'
import type { PolicyDesk } from '../policy/policy-desk.ts'
import type { SignedPolicy } from '../policy/signed-policy.ts'
import { retryDelay } from '../retry-policy.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from '../upload-error.ts'
import type { UploadDoubt, UploadJob } from '../upload-job.ts'
import type { UploadItem } from '../upload-item.ts'
import type { UploadQueue } from '../upload-queue.ts'
import type { UploadResult } from '../upload-result.ts'
import type { UploaderSettings } from '../uploader-settings.ts'
import type { UploaderStore } from '../uploader-store.ts'
import type { ConfirmPort, ConfirmReply, ConfirmRequest } from './confirm-port.ts'
import { createHttpConfirmPort } from './http-confirm-port.ts'
import { confirmedResult, isSameFile } from './confirmed-result.ts'
import { notAnAnswer, readConfirmReply } from './read-confirm-reply.ts'

export interface ConfirmPorts {
  readonly store: UploaderStore
  readonly clock: Clock
  readonly settings: () => UploaderSettings
  readonly aside: UploadQueue<UploadJob>['aside']
  readonly desk: Pick<PolicyDesk, 'policies' | 'forget'>
}

/**
 * Asks about an upload in doubt, shown as `confirming`. Throws what the upload has failed with when it is not stored, at once where an earlier page left
 * it unfinished.
 */
export async function confirmJob(
  job: UploadJob,
  item: UploadItem,
  doubt: UploadDoubt,
  { store, clock, settings, aside, desk }: ConfirmPorts,
  signal: AbortSignal,
): Promise<UploadResult> {
  // Canceled while this part was being loaded, the job may be another run's.
  signal.throwIfAborted()
  const { id, attempt } = job
  // Sent by an earlier page, of which some may still be on its way: under another key, for which it may be signed ahead, that would be a second object.
  const keepKey = (): void => {
    // It may just be asked for.
    desk.forget(id)
    desk.policies.set(id, outlived(doubt))
  }
  job.sent = null
  if (doubt.begun) {
    job.doubt = null
    keepKey()
    throw new CosUploadError('network', 'The page was left while it was sent.', { probe: null, url: withoutQuery(doubt.form.action) })
  }
  store.become(id, { status: 'confirming', attempt })
  const { file, size } = item
  const { hasher, integrity } = settings().options
  // Where uploads are not proved, or were canceled, it is not known yet, and another object under its key may have its size. For this question
  // alone: what is sent after it is proved, or not, as everything is.
  const hash =
    integrity === 'off' && doubt.result ? null : (job.crc64 ?? loadHashing().then(({ crc64Of }) => crc64Of(file, hasher, signal))).catch(() => null)
  const crc64 = hash && (await inTime(hash, 30_000 + size / 5_000, clock, signal))
  const confirmation = await confirmUpload({ doubt, size, crc64 }, settings(), clock, aside, signal)
  const signed = await Promise.resolve(desk.policies.get(id)?.form).catch(() => null)
  // Canceled meanwhile, it may be at its next attempt, which needs the doubt.
  signal.throwIfAborted()
  // Until it is a success, a cancel is to leave the doubt.
  if (confirmation.kind === 'stored') return confirmation.result
  if (confirmation.kind === 'denied') {
    job.doubt = null
    const { code } = confirmation.error
    // To a wrong address no form is sent again.
    if (code === 'reply-malformed' || (code === 'network' && signed?.key !== doubt.form.key)) keepKey()
  }
  throw confirmation.error
}

/** `null` where it takes longer: a file of a drive that has gone away, or of a page that crashed as it was kept, can be read without end. */
function inTime(hash: Promise<string | null>, ms: number, clock: Clock, signal: AbortSignal): Promise<string | null> {
  let stop = (): void => {}
  const late = new Promise<null>((resolve) => {
    stop = afterStill(clock, ms, () => resolve(null))
  })
  return untilAborted(signal, Promise.race([hash, late])).finally(stop)
}

/** A policy of an earlier page, of which no more is known than asks for the same key again. */
function outlived({ form, receipt }: UploadDoubt): SignedPolicy {
  const { action: url, key } = form
  const post = { url, fields: { key }, expiresAt: '', ...(receipt !== null && { receipt }) }
  return { post, form, life: 0, endsAt: -Infinity, serverNow: () => new Date(0) }
}

/** What the app's server made of a doubtful upload. */
export type Confirmation =
  | { readonly kind: 'stored'; readonly result: UploadResult }
  /** It gave an answer, and the answer is no. `network`: nothing was stored, so sending again is safe. */
  | { readonly kind: 'denied'; readonly error: AnyUploadError }
  /** It could not be asked: the doubt remains. */
  | { readonly kind: 'unanswered'; readonly error: AnyUploadError }

export interface DoubtedUpload {
  readonly doubt: UploadDoubt
  /** Bytes. */
  readonly size: number
  /** Of the file, computed here; `null` when not known. */
  readonly crc64: string | null
}

/** Milliseconds between the two times that a server must not find an object before it is sent again: storage may still be writing it. */
const secondLook = 1_000

/**
 * Asks the app's server whether an upload is stored. Never rejects; once the signal has fired nobody is to look at the answer.
 *
 * When another object is under the key, nothing tells whether it is older than this upload or newer, and sending again could replace somebody's
 * object: that stays `outcome-unknown`, for a person to decide.
 */
export async function confirmUpload(
  upload: DoubtedUpload,
  settings: UploaderSettings,
  clock: Clock,
  aside: ConfirmPorts['aside'],
  signal: AbortSignal,
): Promise<Confirmation> {
  const { doubt, size, crc64 } = upload
  const { form, result, broken, lost } = doubt
  // Who wants to be told of a difference only is not to have the object called another one for it.
  const proof = result && settings.options.integrity === 'report' ? null : crc64
  const question = { ...upload, crc64: proof }
  const key = result?.key ?? form.key
  const url = withoutQuery(form.action)

  const unproved = (why: string, outcome: 'absent' | 'different' | null, cause?: unknown): AnyUploadError => {
    // Most likely it was not all sent: what is under its key is an older object, or is none.
    if (broken) return new CosUploadError('network', broken.message, { probe: null, url }, { cause })
    if (result === null) {
      const text = `The file was or may have been sent, no reply could be read, and ${why}. Look at the object "${key}" before sending it again.`
      return new CosUploadError('outcome-unknown', text, { probe: null, url, key }, { cause })
    }
    // Of an endpoint that did not answer the question it helps to know what it did answer.
    const what = isCosUploadError(cause, 'policy-unreachable') ? ` ${cause.message}` : ''
    const text = `Storage accepted "${key}", but ${why}.${what} Try again, and see what your confirm endpoint looks for.`
    const { serverCode = null } = isCosUploadError(cause, 'confirm-failed') ? cause.details : {}
    const status = isCosUploadError(cause) && 'status' in cause.details ? cause.details.status : null
    return new CosUploadError('confirm-failed', text, { status, outcome, problem: why, serverCode }, { cause })
  }

  try {
    let reply = await ask(question, settings, clock, aside, signal)
    if (reply.outcome === 'absent') {
      await pause(clock, secondLook, signal)
      reply = await ask(question, settings, clock, aside, signal)
    }
    if (reply.outcome === 'stored' && isSameFile(reply.object, size, proof)) {
      return { kind: 'stored', result: confirmedResult(reply.object, result, crc64, url) }
    }
    if (reply.outcome !== 'absent') return { kind: 'denied', error: unproved('your server found another object under its key', 'different') }
    if (result !== null) return { kind: 'denied', error: unproved('your server does not find it', 'absent') }
    if (lost?.code === 'reply-malformed') return { kind: 'denied', error: lost }
    const what = broken ? 'The connection failed' : lost?.code === 'service' ? `A gateway answered HTTP ${lost.details.status}` : 'The reply was lost'
    const text = `${what}, and your server is sure that "${key}" was not stored. Check the network, and proxies. Try again.`
    return { kind: 'denied', error: new CosUploadError('network', text, { probe: null, url }, { cause: broken ?? lost }) }
  } catch (cause) {
    // A receipt that has run out never counts again, nor does a port that the app has taken away: who retries it wants it sent.
    const refusal = isCosUploadError(cause, 'confirm-failed') ? cause.details : null
    const why = refusal ? `used: ${refusal.problem.replace(/\.$/, '')}` : 'asked'
    const kind = !settings.options.confirm || refusesReceipt(refusal?.serverCode) ? 'denied' : 'unanswered'
    return { kind, error: unproved(`your confirm endpoint could not be ${why}`, null, cause) }
  }
}

const goneConfirmPort: ConfirmPort = () => Promise.reject(new Error('There is no confirm port any more.'))

async function ask(
  { doubt, size, crc64 }: DoubtedUpload,
  { options: { confirm, random, policyTimeout = 30_000 }, retry }: UploaderSettings,
  clock: Clock,
  aside: ConfirmPorts['aside'],
  signal: AbortSignal,
): Promise<ConfirmReply> {
  const { form, receipt, result } = doubt
  const request: ConfirmRequest = {
    receipt,
    key: result?.key ?? form.key,
    size,
    ...(result !== null && result.etag !== null && { etag: result.etag }),
    ...(result !== null && result.versionId !== null && { versionId: result.versionId }),
    ...(crc64 !== null && { crc64 }),
  }
  const port: ConfirmPort = typeof confirm === 'string' ? createHttpConfirmPort(confirm) : (confirm ?? goneConfirmPort)
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted()
    const question = new AbortController()
    const end = (): void => question.abort()
    signal.addEventListener('abort', end)
    const stopTimer = afterStill(clock, policyTimeout, end)
    try {
      const reply = readConfirmReply(await untilAborted(question.signal, port(request, { signal: question.signal })))
      if (reply) return reply
      const details = { status: null, outcome: null, problem: notAnAnswer, serverCode: null }
      throw new CosUploadError('confirm-failed', `The confirm port could not be used: ${notAnAnswer}.`, details)
    } catch (cause) {
      const error = question.signal.aborted ? unanswered(policyTimeout, cause) : cause
      const delay = isCosUploadError(error) ? retryDelay(error, attempt, retry, random) : null
      if (delay === null) throw error
      const over = pause(clock, delay, signal)
      // Where each upload is asked about, an endpoint in trouble is not to be given more of them.
      await (result === null ? aside(over) : over)
    } finally {
      stopTimer()
      signal.removeEventListener('abort', end)
    }
  }
}

function unanswered(ms: number, cause: unknown): AnyUploadError {
  const text = `Your confirm endpoint did not answer for ${ms / 1_000} s. Look into the log of your server.`
  return new CosUploadError('policy-unreachable', text, { url: null, status: null, retryAfter: null }, { cause })
}
