import { pause, untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import { confirmedResult, isSameFile } from './confirm/confirmed-result.ts'
import type { ConfirmReply } from './confirm/confirm-port.ts'
import { buildPostForm } from './form/build-post-form.ts'
import { formField, formKey } from './form/form-key.ts'
import { checkForm, policyExpired } from './policy/check-form.ts'
import type { PolicyDesk } from './policy/policy-desk.ts'
import { readReply } from './response/read-response.ts'
import { isExpired, isThrottle, retryDelay } from './retry-policy.ts'
import { fileUnreadable } from './transport/file-readable.ts'
import { CosUploadError, isCosUploadError, type AnyUploadError } from './upload-error.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploadJob } from './upload-job.ts'
import type { Outcome } from './upload-queue.ts'
import type { UploadResult } from './upload-result.ts'
import type { UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

export interface RunnerPorts {
  readonly store: UploaderStore
  readonly desk: PolicyDesk
  readonly clock: Clock
  readonly settings: () => UploaderSettings
  readonly online: () => boolean
  /** It waits for a slot again. */
  readonly requeue: (job: UploadJob) => void
  readonly settle: (job: UploadJob) => void
}

/** Milliseconds between the two times that a server must not find an object before it is sent again: storage may still be writing it. */
const secondLook = 1_000
/** Milliseconds that a probe may take. */
const probeTime = 5_000

/** Takes one item, holding a slot, from the queue to its settlement or to its next wait. */
export function createRunner({ store, desk, clock, settings, online, requeue, settle }: RunnerPorts): (job: UploadJob) => Promise<Outcome> {
  /** Actions from which something came back: what fails there later is not their CORS rules. */
  const proven = new Set<string>()
  /** Actions that do not expose the CRC-64: hashing for them would be in vain. */
  const silent = new Set<string>()

  const startHash = (job: UploadJob, item: UploadItem, signal: AbortSignal, action: string): void => {
    const { options, hasher, confirm } = settings()
    if (job.crc64 !== null || options.integrity === 'off' || (silent.has(action) && confirm === null)) return
    job.crc64 = hasher(item.file, { signal }).then(
      ({ crc64 }) => crc64,
      (error: unknown) => {
        if (isCosUploadError(error, 'file-unreadable')) throw error
        return null
      },
    )
    job.crc64.catch(() => {})
  }

  const prove = async (job: UploadJob, result: UploadResult, signal: AbortSignal): Promise<UploadResult> => {
    if (job.crc64 === null || result.crc64 === null) return result
    const crc64 = await untilAborted(signal, job.crc64)
    if (crc64 === null) return result
    if (crc64 === result.crc64) return { ...result, integrity: 'verified' }
    if (settings().options.integrity === 'report') return { ...result, integrity: 'mismatch' }
    const text = `The stored object "${result.key}" is not the file: its CRC-64 is ${result.crc64}, the file's ${crc64}. The bytes were damaged on the way, or the file changed meanwhile. Upload it again.`
    throw new CosUploadError('integrity-mismatch', text, { expected: crc64, actual: result.crc64 })
  }

  const send = async (job: UploadJob, item: UploadItem, signal: AbortSignal): Promise<UploadResult> => {
    const { transport, options, confirm } = settings()
    const { id } = job
    if (options.contentMd5 === true && job.contentMd5 === null) {
      store.change(id, { type: 'hash', hashedBytes: 0 })
      const { md5Base64 } = await import('./hashing/md5-base64.ts')
      job.contentMd5 = await md5Base64(item.file, { signal, onProgress: (hashedBytes) => void store.change(id, { type: 'hash', hashedBytes }) })
    }
    store.change(id, { type: 'sign' })
    const speed = store.getSnapshot().totals.speed
    const policy = await desk.take(item, { signal, renew: job.renewal === 'due', sendingMs: speed ? (item.size / speed) * 1_000 : 0 })
    if (job.renewal === 'due') job.renewal = 'done'

    const { post } = policy
    const form = buildPostForm({ post, file: item.file, filename: item.name, ...(job.contentMd5 !== null && { contentMd5: job.contentMd5 }) })
    const problem = checkForm(form, policy.serverNow())
    if (problem !== null) throw problem
    // The size was noted when the file was added.
    if (item.file.size !== item.size) throw fileUnreadable(item.name, `it has ${item.file.size} bytes instead of ${item.size}`)

    if (job.free) job.free = false
    else job.attempt += 1
    const { attempt } = job
    const sending = store.change(id, { type: 'send', attempt })
    if (sending !== undefined) store.emit({ type: 'upload-started', item: sending, attempt })
    startHash(job, item, signal, form.action)
    const receipt = post.receipt ?? null
    try {
      const reply = await transport(form, {
        signal,
        onProgress(sent, phase) {
          if (signal.aborted) return
          if (sent !== null && sent > 0) proven.add(form.action)
          store.progress(id, sent, phase)
        },
      })
      signal.throwIfAborted()
      if (reply.status !== null) proven.add(form.action)
      const result = readReply(reply, form)
      if (result.crc64 === null) silent.add(form.action)
      const proved = await prove(job, result, signal)
      if (confirm !== null && options.confirmWhen === 'always') job.doubt = { form, receipt, result: proved }
      return proved
    } catch (error) {
      if (isCosUploadError(error, 'outcome-unknown') && confirm !== null) job.doubt = { form, receipt, result: null }
      throw await probed(error, form.action, formField(form, 'success_action_redirect'), signal)
    }
  }

  /** The error with what a probe found, where one can tell more. */
  const probed = async (error: unknown, action: string, landing: string | null, signal: AbortSignal): Promise<unknown> => {
    const { probe } = settings()
    if (signal.aborted || probe === null || !isCosUploadError(error) || (error.code !== 'network' && error.code !== 'outcome-unknown')) return error
    if (error.details.probe !== null || (proven.has(action) && landing === null)) return error
    const controller = new AbortController()
    const stop = clock.after(probeTime, () => controller.abort())
    try {
      const found = await untilAborted(signal, untilAborted(controller.signal, probe({ url: action, landing, signal: controller.signal })))
      if (found === null) return error
      const { code, message, cause } = error
      return code === 'network'
        ? new CosUploadError(code, message, { ...error.details, probe: found }, { cause })
        : new CosUploadError(code, message, { ...error.details, probe: found }, { cause })
    } catch {
      return error
    } finally {
      stop()
      controller.abort()
    }
  }

  const askServer = async (
    doubt: NonNullable<UploadJob['doubt']>,
    size: number,
    crc64: string | null,
    signal: AbortSignal,
  ): Promise<ConfirmReply> => {
    const { confirm, retry, options } = settings()
    if (confirm === null)
      throw new CosUploadError('confirm-failed', 'There is no confirm port any more.', { status: null, outcome: null, problem: 'none' })
    const { form, receipt, result } = doubt
    const request = {
      receipt,
      key: result?.key ?? formKey(form),
      size,
      ...(result !== null && result.etag !== null && { etag: result.etag }),
      ...(result !== null && result.versionId !== null && { versionId: result.versionId }),
      ...(crc64 !== null && { crc64 }),
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await untilAborted(signal, confirm(request, { signal }))
      } catch (error) {
        signal.throwIfAborted()
        const delay = isCosUploadError(error) ? retryDelay(error, attempt, retry, options.random ?? Math.random) : null
        if (delay === null) throw error
        await pause(clock, delay, signal)
      }
    }
  }

  /** Ends in a result, or throws: `network` when the server is sure that nothing was stored. */
  const resolveDoubt = async (
    job: UploadJob,
    doubt: NonNullable<UploadJob['doubt']>,
    item: UploadItem,
    signal: AbortSignal,
  ): Promise<UploadResult> => {
    const { form, result } = doubt
    const key = result?.key ?? formKey(form)
    const url = form.action
    const unknown = (why: string, outcome: 'absent' | 'different' | null, cause?: unknown): CosUploadError => {
      if (result === null) {
        const text = `The whole file was sent, no reply could be read, and ${why}. Look at the object "${key}" before sending it again.`
        return new CosUploadError('outcome-unknown', text, { probe: null, url, key }, { cause })
      }
      const text = `Storage accepted "${key}", but ${why}. Try again: the file is not sent a second time unless your server says that it is absent.`
      return new CosUploadError('confirm-failed', text, { status: null, outcome, problem: why }, { cause })
    }

    store.change(job.id, { type: 'confirm', attempt: job.attempt })
    const crc64 = job.crc64 === null ? null : await untilAborted(signal, job.crc64)
    const ask = async (): Promise<ConfirmReply> => {
      try {
        return await askServer(doubt, item.size, crc64, signal)
      } catch (cause) {
        signal.throwIfAborted()
        throw unknown('your confirm endpoint could not be asked', null, cause)
      }
    }
    let reply = await ask()
    if (reply.outcome === 'absent') {
      await pause(clock, secondLook, signal)
      reply = await ask()
    }
    job.doubt = null
    if (reply.outcome === 'stored' && isSameFile(reply.object, item.size, crc64)) return confirmedResult(reply.object, result, crc64, url)
    // What is stored may be older than this upload, or newer: sending again could replace somebody's object.
    if (reply.outcome !== 'absent') throw unknown('your server found another object under its key', 'different')
    if (result !== null) throw unknown('your server does not find it', 'absent')
    throw new CosUploadError('network', `The reply was lost, and your server is sure that "${key}" was not stored.`, { probe: null, url })
  }

  const wait = (job: UploadJob, error: AnyUploadError, delay: number): void => {
    const { attempt, id } = job
    const retryAt = clock.now() + delay
    const item = store.change(id, { type: 'wait', attempt, maxAttempts: settings().retry.attempts, retryAt, error })
    if (item !== undefined) store.emit({ type: 'upload-retried', item, error })
    job.stopTimer = clock.after(delay, () => {
      job.stopTimer = null
      requeue(job)
    })
  }

  /** Waits for another attempt, or fails. */
  const giveWay = (job: UploadJob, error: AnyUploadError): Outcome => {
    const { options, retry } = settings()
    const throttle = isThrottle(error)
    if (!online() && (error.code === 'network' || error.code === 'stalled' || error.code === 'policy-unreachable')) {
      job.free = job.attempt > 0
      wait(job, error, 0)
      return 'other'
    }
    // The desk has already asked as often as is wise.
    const delay = error.code === 'policy-unreachable' ? null : retryDelay(error, job.attempt, retry, options.random ?? Math.random)
    if (delay !== null) {
      job.renewal = 'none'
      wait(job, error, delay)
    } else {
      const item = store.change(job.id, { type: 'fail', attempt: job.attempt, error })
      if (item !== undefined) store.emit({ type: 'upload-failed', item, error })
      settle(job)
    }
    return throttle ? 'throttled' : 'other'
  }

  return async (job) => {
    job.controller ??= new AbortController()
    const { signal } = job.controller
    for (;;) {
      const item = store.getItem(job.id)
      if (item === undefined || signal.aborted) return 'other'
      const asking = job.doubt !== null
      try {
        const result = job.doubt === null ? await send(job, item, signal) : await resolveDoubt(job, job.doubt, item, signal)
        if (job.doubt !== null) continue
        desk.forget(job.id)
        const done = store.change(job.id, { type: 'succeed', result })
        if (done !== undefined) store.emit({ type: 'upload-succeeded', item: done, result })
        settle(job)
        return 'success'
      } catch (cause) {
        if (signal.aborted) return 'other'
        const error = asUploadError(cause)
        if (isExpired(error) && job.renewal === 'none') {
          job.renewal = 'due'
          // Refused before anything was stored: the same attempt goes on.
          job.free = job.attempt > 0
          continue
        }
        if (error.code === 'outcome-unknown' && !asking) {
          store.emit({ type: 'outcome-doubted', item: store.getItem(job.id) ?? item, error })
          if (job.doubt !== null) continue
        }
        return giveWay(job, isExpired(error) ? policyExpired(null, error) : error)
      }
    }
  }
}

function asUploadError(cause: unknown): AnyUploadError {
  if (isCosUploadError(cause)) return cause
  return new CosUploadError('network', 'The transport, or another port of yours, threw an error: see its cause.', { probe: null, url: '' }, { cause })
}
