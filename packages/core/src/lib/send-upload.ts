import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import { buildPostForm } from './form/build-post-form.ts'
import { formField } from './form/form-key.ts'
import { checkForm } from './policy/check-form.ts'
import { loadExplanation } from './load-explanation.ts'
import type { PolicyDesk } from './policy/policy-desk.ts'
import { readReply } from './response/read-response.ts'
import { fileUnreadable } from './transport/file-readable.ts'
import { CosUploadError, isCosUploadError } from './upload-error.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploadJob } from './upload-job.ts'
import type { UploadResult } from './upload-result.ts'
import type { UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

export interface SendPorts {
  readonly store: UploaderStore
  readonly desk: PolicyDesk
  readonly clock: Clock
  readonly settings: () => UploaderSettings
}

/** One attempt: policy, form, transport, reply, proof. Leaves `job.doubt` behind when the confirm port is to be asked about it. */
export type SendUpload = (job: UploadJob, item: UploadItem, signal: AbortSignal) => Promise<UploadResult>

export function createSendUpload({ store, desk, clock, settings }: SendPorts): SendUpload {
  /** Actions from which something came back: what fails there later is not their CORS rules. */
  const proven = new Set<string>()
  /** Actions that do not expose the CRC-64: hashing for them would be in vain. */
  const silent = new Set<string>()

  const addContentMd5 = async (job: UploadJob, file: Blob, signal: AbortSignal): Promise<void> => {
    const onProgress = (hashedBytes: number): void => {
      if (!signal.aborted) store.change(job.id, { type: 'hash', hashedBytes })
    }
    onProgress(0)
    const { md5Base64 } = await import('./hashing/md5-base64.ts')
    job.contentMd5 = await md5Base64(file, { signal, onProgress })
  }

  const startHash = (job: UploadJob, file: Blob, signal: AbortSignal, action: string): void => {
    const { options, hasher, confirm } = settings()
    if (job.crc64 !== null || options.integrity === 'off' || (silent.has(action) && confirm === null)) return
    job.crc64 = hasher(file, { signal }).then(
      ({ crc64 }) => crc64,
      (error: unknown) => {
        if (isCosUploadError(error, 'file-unreadable')) throw error
        return null
      },
    )
    // Looked at when the reply is there, which it may never be.
    job.crc64.catch(() => {})
  }

  const prove = async ({ crc64 }: UploadJob, result: UploadResult, signal: AbortSignal): Promise<UploadResult> => {
    const expected = await untilAborted(signal, crc64 ?? Promise.resolve(null))
    const actual = result.crc64
    if (expected === null || actual === null) return result
    if (expected === actual) return { ...result, integrity: 'verified' }
    if (settings().options.integrity === 'report') return { ...result, integrity: 'mismatch' }
    const text = `The stored object "${result.key}" is not the file: its CRC-64 is ${actual}, the file's ${expected}. The bytes were damaged on the way, or the file changed meanwhile. Upload it again.`
    throw new CosUploadError('integrity-mismatch', text, { expected, actual })
  }

  return async (job, item, signal) => {
    const { transport, options, confirm, probe } = settings()
    const { id } = job
    const { file, name, size } = item
    if (options.contentMd5 === true && job.contentMd5 === null) await addContentMd5(job, file, signal)

    store.change(id, { type: 'sign' })
    const { speed } = store.totals()
    const policy = await desk.take(item, { signal, renew: job.renewal === 'due', sendingMs: speed ? (size / speed) * 1_000 : 0 })
    if (job.renewal === 'due') job.renewal = 'done'

    const { post } = policy
    const form = await buildPostForm({ post, file, filename: name, ...(job.contentMd5 !== null && { contentMd5: job.contentMd5 }) })
    const problem = await checkForm(form, policy.serverNow())
    if (problem !== null) throw problem
    signal.throwIfAborted()
    // The size was noted when the file was added: WebKit lets a dropped file turn empty.
    if (file.size !== size) throw fileUnreadable(name, `it has ${file.size} bytes instead of ${size}`)

    if (job.free) job.free = false
    else job.attempt += 1
    const { attempt } = job
    const sending = store.change(id, { type: 'send', attempt })
    if (sending !== undefined) store.emit({ type: 'upload-started', item: sending, attempt })
    startHash(job, file, signal, form.action)

    const { action } = form
    const receipt = post.receipt ?? null
    try {
      const reply = await transport(form, {
        signal,
        onProgress(sent, phase) {
          if (signal.aborted) return
          if (sent !== null && sent > 0) proven.add(action)
          store.progress(id, sent, phase)
        },
      })
      signal.throwIfAborted()
      if (reply.status !== null) proven.add(action)
      const result = await readReply(reply, form)
      if (result.crc64 === null) silent.add(action)
      if (file.size !== size) throw fileUnreadable(name, `it had ${file.size} bytes instead of ${size} when it had been sent`)
      const proved = await prove(job, result, signal)
      if (confirm !== null && options.confirmWhen === 'always') job.doubt = { form, receipt, result: proved }
      return proved
    } catch (error) {
      signal.throwIfAborted()
      if (isCosUploadError(error, 'outcome-unknown') && confirm !== null) {
        job.doubt = { form, receipt, result: null }
        throw error
      }
      const landing = formField(form, 'success_action_redirect')
      if (probe === null || (proven.has(action) && landing === null)) throw error
      throw await loadExplanation(
        async () => (await import('./diagnose-network.ts')).diagnoseNetwork(error, { probe, clock, url: action, landing, signal }),
        () => error,
      )
    }
  }
}
