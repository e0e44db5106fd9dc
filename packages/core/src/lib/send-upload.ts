import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import { buildPostForm } from './form/build-post-form.ts'
import { formField } from './form/form-key.ts'
import { loadExplanation } from './load-explanation.ts'
import type { PolicyDesk } from './policy/policy-desk.ts'
import { readReply } from './response/read-response.ts'
import { fileUnreadable } from './transport/file-readable.ts'
import { isCosUploadError } from './upload-error.ts'
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

export interface UploadSender {
  /** One attempt: policy, form, transport, reply, proof. Leaves `job.doubt` behind when the confirm port is to be asked about it. */
  readonly send: (job: UploadJob, item: UploadItem, signal: AbortSignal) => Promise<UploadResult>
  /** Lets go of the hasher's worker. */
  readonly release: () => void
}

export function createSendUpload({ store, desk, clock, settings }: SendPorts): UploadSender {
  /** Actions from which something came back: what fails there later is not their CORS rules. */
  const proven = new Set<string>()
  /** Actions that do not expose the CRC-64: hashing for them would be in vain. */
  const silent = new Set<string>()
  let hashing: Promise<typeof import('./hashing/prove-file.ts')> | null = null

  const startHash = (job: UploadJob, file: Blob, signal: AbortSignal, action: string): void => {
    const { options, hasher, confirming } = settings()
    if (options.integrity === 'off' || (silent.has(action) && !confirming)) return
    hashing ??= import('./hashing/prove-file.ts')
    job.crc64 ??= hashing.then(
      ({ crc64Of }) => crc64Of(file, hasher, signal),
      () => {
        hashing = null
        return null
      },
    )
    // Looked at when the reply is there, which it may never be.
    job.crc64.catch(() => {})
  }

  const send: UploadSender['send'] = async (job, item, signal) => {
    const { transport, options, confirming, probe } = settings()
    const { id } = job
    const { file, name, size } = item
    if (options.contentMd5 && !job.contentMd5) {
      const onProgress = (hashedBytes: number): void => void store.become(id, { status: 'hashing', hashedBytes })
      onProgress(0)
      const { md5Base64 } = await import('./hashing/md5-base64.ts')
      job.contentMd5 = await md5Base64(file, { signal, onProgress })
    }

    store.become(id, { status: 'signing' })
    const { speed } = store.totals()
    const policy = await desk.take(item, { signal, renew: job.renewal === 'due', sendingMs: speed ? (size / speed) * 1_000 : 0 })
    if (job.renewal) job.renewal = 'done'

    const { post } = policy
    const form = await buildPostForm({ post, file, filename: name, contentMd5: job.contentMd5, now: policy.serverNow() })
    signal.throwIfAborted()
    // The size was noted when the file was added: WebKit lets a dropped file turn empty.
    if (file.size !== size) throw fileUnreadable(name, `it has ${file.size} bytes instead of ${size}`)

    if (!job.free) job.attempt += 1
    job.free = false
    store.become(id, { status: 'uploading', attempt: job.attempt, progress: { kind: 'bytes', sent: 0, total: size }, phase: 'sending', speed: null })
    const { action } = form
    startHash(job, file, signal, action)

    const receipt = post.receipt ?? null
    try {
      const reply = await transport(form, {
        signal,
        onProgress(sent, phase) {
          if (signal.aborted) return
          if (sent) proven.add(action)
          store.progress(id, sent, phase)
        },
      })
      signal.throwIfAborted()
      if (reply.status) proven.add(action)
      const read = await readReply(reply, form)
      if (!read.crc64) silent.add(action)
      if (file.size !== size) throw fileUnreadable(name, `it had ${file.size} bytes instead of ${size} when it had been sent`)
      const expected = job.crc64 && read.crc64 ? await untilAborted(signal, job.crc64) : null
      const result = expected && hashing ? (await hashing).proved(read, expected, options.integrity === 'report') : read
      if (confirming && options.confirmWhen === 'always') job.doubt = { form, receipt, result }
      return result
    } catch (error) {
      signal.throwIfAborted()
      if (confirming && isCosUploadError(error, 'outcome-unknown')) job.doubt = { form, receipt, result: null }
      const landing = formField(form, 'success_action_redirect')
      if (!probe || job.doubt || (proven.has(action) && !landing)) throw error
      throw await loadExplanation(
        async () => (await import('./diagnose-network.ts')).diagnoseNetwork(error, { probe, clock, url: action, landing, signal }),
        () => error,
      )
    }
  }

  return { send, release: () => void hashing?.then(({ releaseHasher }) => releaseHasher()).catch(() => {}) }
}
