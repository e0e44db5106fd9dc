import type { Clock } from './clock.ts'
import { diagnoseNetwork } from './diagnose-network.ts'
import type { PolicyDesk } from './policy/policy-desk.ts'
import { policyExpired } from './policy/policy-expired.ts'
import { probeNetwork } from './probe/probe-network.ts'
import { isConflict, isExpired, isThrottle, isWorthRetrying, retryDelay } from './retry-policy.ts'
import { brokenOnTheWay, failedOnTheWayTo, networkError, outcomeUnknown } from './transport/explain-failure.ts'
import { checkReadable } from './transport/file-readable.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from './upload-error.ts'
import { leavesDoubt, mayBeStored } from './upload-doubt.ts'
import type { UploadFate } from './upload-fate.ts'
import type { UploadJob } from './upload-job.ts'
import type { Outcome } from './upload-queue.ts'
import type { UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

export interface AfterFailurePorts {
  readonly store: UploaderStore
  readonly desk: PolicyDesk
  readonly clock: Clock
  readonly settings: () => UploaderSettings
  readonly online: () => boolean
  /** Actions from which something came back, since there was last found no way there. */
  readonly proven: Set<string>
  /** Uploads that succeeded so far. */
  readonly stored: number
  readonly fate: UploadFate
}

/** Milliseconds. Where a signer's clock is wrong, each of a thousand files would have all of them signed anew. */
const futileFor = 10_000

/** Decides what becomes of an item whose attempt failed: it goes on at once (`again`), waits for another attempt, or has failed. */
export async function afterFailure(job: UploadJob, cause: unknown, ports: AfterFailurePorts, signal: AbortSignal): Promise<Outcome | 'again'> {
  const { store, desk, clock, settings, online, proven, stored, fate } = ports
  const { retry, options } = settings()
  let error = await diagnose(job, await blameFile(job, asUploadError(cause)), ports, signal)
  if (signal.aborted) return 'other'

  const now = clock.now()
  const policy = desk.policies.get(job.id)
  const lives = policy && policy.endsAt > now
  if (isExpired(error)) {
    // One that ran out on its way, on a slow line, is no wrong clock.
    if (job.renewal) {
      if (lives) desk.futile = { at: now, stored }
    } else if (desk.futile?.stored !== stored || now - desk.futile.at > futileFor) {
      // Refused before anything was stored: the same attempt goes on with a new policy.
      job.renewal = true
      job.free = job.attempt > 0
      return 'again'
    }
    // By the preflight's own it is told already.
    if (error.code === 'service') error = policyExpired(expirationOf(job.sent), error)
  }
  const { code } = error
  if (mayBeStored(error) && job.sent) {
    const item = store.getItem(job.id)
    if (item) store.emit({ type: 'outcome-doubted', item, error })
    if (options.confirm) {
      const here = online()
      // Without a network it was that: a page that came then says nothing of the address.
      job.doubt = { ...job.sent, ...(code === 'network' ? { broken: error } : here && { lost: error }) }
      if (here) return 'again'
    }
  }
  // The app's server is asked when the network is back. A service worker of the app may answer with a page until then.
  if (!online() && (job.doubt || ['network', 'stalled', 'policy-unreachable', 'policy-malformed'].includes(code))) {
    // The queue is held until the network is back; the way there is not this file's failure.
    job.free = job.attempt > 0
    fate.wait(job, error, 0)
    return 'other'
  }
  const throttled = isThrottle(error)
  // Storage takes files, only not so many at a time: that is no failure of this one. Should it be, the file is not to go out all the time.
  job.spared = throttled && job.failures && job.stored !== stored ? (job.spared ?? 0) + 1 : 0
  if (job.spared) job.free = true
  else job.failures += 1
  job.stored = stored
  // The desk has already asked as often as is wise.
  const delay = code === 'policy-unreachable' ? null : retryDelay(error, job.failures, retry, options.random, job.spared)
  // Whoever retries it when the endpoint is put right is not to be given the same form.
  if (delay === null && lives) {
    if (['form-invalid', 'policy-mismatch', 'policy-malformed'].includes(code)) desk.forget(job.id)
    // What was sent keeps its key: some of it may still be on its way. And its form, where that has found storage and can succeed: an app that retries
    // each file by itself would have each signed for by itself.
    else if (
      ['service', 'network', 'reply-malformed'].includes(code) &&
      job.sent &&
      // Most likely it went to a wrong address.
      (code === 'reply-malformed' || !job.maybeStored) &&
      !(proven.has(job.sent.form.action) && isWorthRetrying(error))
    )
      desk.policies.set(job.id, { ...policy, endsAt: -Infinity })
  }
  // Still in doubt after that error: what asks about it could not be loaded.
  if (delay === null) fate.fail(job, job.doubt && code === 'network' ? outcomeUnknown(job.doubt.form, error) : error)
  else fate.wait(job, error, delay)
  if (throttled) return 'throttled'
  return (delay !== null && !isConflict(error)) || leavesDoubt(error) ? 'trouble' : 'other'
}

/**
 * A file that is still being written: Chromium sees by the second that it has changed when it sends it, and by the millisecond when it reads it.
 * What storage then refuses is not what was chosen.
 */
async function blameFile(job: UploadJob, error: AnyUploadError): Promise<AnyUploadError> {
  if (error.code !== 'service' || !['size', 'digest'].includes(error.details.problem)) return error
  job.contentMd5 = undefined
  return (job.sent && (await checkReadable(job.sent.form))) ?? error
}

/** With what a probe finds, where it can find anything: after something came back from there, it is not the CORS rules. */
async function diagnose(
  { sent }: UploadJob,
  error: AnyUploadError,
  { clock, settings, proven }: AfterFailurePorts,
  signal: AbortSignal,
): Promise<AnyUploadError> {
  const { options } = settings()
  // What a port of the app's threw is no matter of the network.
  if (!sent || (error.code === 'network' && !error.details.url)) return error
  const { form } = sent
  const url = form.action
  // A transport of the app's own does not go where the probe would, unless it is one of ours with other settings.
  const { probe = options.transport && !failedOnTheWayTo(url, error) ? false : probeNetwork } = options
  if (!probe) return error
  // The default goes there by an iframe or fetch, which ask no landing page by CORS.
  const asked = options.transport ? form : { ...form, landing: null }
  const unsure = error.code === 'outcome-unknown' && error.details.sentUnknown
  const known = proven.has(url)
  // The app's server knows better.
  if (error.code === 'outcome-unknown' && options.confirm && (known || !unsure)) return error
  // One with a cause has a reason of its own.
  if (known && !asked.landing && !unsure) return isCosUploadError(error, 'network') && error.cause === undefined ? brokenOnTheWay(error) : error
  const found = await diagnoseNetwork(error, asked, { probe, clock, signal })
  // Offline now, the network may have gone after the file.
  if (isCosUploadError(found, 'network') && found.details.sentUnknown && found.details.probe) return error
  if (!unsure || !isCosUploadError(found, 'outcome-unknown')) return found
  const { probe: why } = found.details
  if (why === 'unreachable') proven.delete(url)
  // Where nothing has come back from, and where there is no way now, nothing was sent. But the network may have gone after the file.
  return known || why === null || why === 'offline' ? found : networkError(asked, error, why)
}

/** As the policy itself tells it, if it is one: what refuses others before they are sent may not have been there. */
function expirationOf(sent: UploadJob['sent']): string | null {
  try {
    const { expiration }: Readonly<Record<string, unknown>> = JSON.parse(atob(sent?.form.value('policy') ?? ''))
    return typeof expiration === 'string' ? expiration : null
  } catch {
    return null
  }
}

function asUploadError(cause: unknown): AnyUploadError {
  if (isCosUploadError(cause)) return cause
  return new CosUploadError('network', 'The transport, or another port of yours, threw an error: see its cause.', { probe: null, url: '' }, { cause })
}
