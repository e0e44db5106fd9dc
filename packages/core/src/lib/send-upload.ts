import { untilAborted } from './abort.ts'
import { makePostForm } from './form/build-post-form.ts'
import type { PostForm } from './form/post-form.ts'
import { loadHashing } from './hashing/load-hashing.ts'
import { createLiveProgress } from './live-progress.ts'
import type { PolicyDesk } from './policy/policy-desk.ts'
import { readReply } from './response/read-response.ts'
import type { TransportReply } from './transport/transport.ts'
import { failure, fileChanged, whatWasSent } from './transport/transport-error.ts'
import { isCosUploadError } from './upload-error.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploadJob } from './upload-job.ts'
import type { UploadResult } from './upload-result.ts'
import type { UploaderOptions } from './uploader.ts'
import type { UploaderSettings } from './uploader-settings.ts'
import type { UploaderStore } from './uploader-store.ts'

export interface SendPorts {
  readonly store: UploaderStore
  readonly desk: PolicyDesk
  readonly settings: () => UploaderSettings
  /** Actions from which something came back. */
  readonly proven: Set<string>
}

/** One attempt: policy, form, transport, reply, proof. Leaves `job.doubt` behind when the confirm port is to be asked about it. */
export type SendUpload = (job: UploadJob, item: UploadItem, signal: AbortSignal) => Promise<UploadResult>

export function createSendUpload({ store, desk, settings, proven }: SendPorts): SendUpload {
  const begin = createLiveProgress(store)
  /** Actions that do not expose the CRC-64, as landing pages do not: hashing for them would be in vain. */
  const silent = new Set<string>()

  const startHash = (job: UploadJob, { file, action, landing }: PostForm, options: UploaderOptions, signal: AbortSignal): void => {
    if (job.crc64 || options.integrity === 'off' || ((silent.has(action) || landing) && !options.confirm)) return
    job.crc64 = loadHashing().then(
      ({ crc64Of }) => crc64Of(file, options.hasher, signal),
      // The next attempt may find the network back.
      () => (job.crc64 = null),
    )
    // Looked at when the reply is there, which it may never be.
    job.crc64.catch(() => {})
  }

  return async (job, item, signal) => {
    const { transport, options } = settings()
    const { id, file, name, size } = item
    job.sent = null
    if (options.contentMd5 && !job.contentMd5) {
      job.contentMd5 = await (await loadHashing()).shownMd5(item, store, signal)
      signal.throwIfAborted()
    }

    let policy = desk.take(item, { signal, renew: !!job.renewal })
    // A wait for what is there already would be paid for by each of a thousand small files.
    if (policy instanceof Promise) {
      store.become(id, { status: 'signing' })
      policy = await policy
    }

    const { post } = policy
    const { contentMd5 } = job
    const made = contentMd5 ? makePostForm({ post, file, filename: name, contentMd5, now: policy.serverNow() }) : policy.form
    const form = made instanceof Promise ? await made : made
    // The size was noted when the file was added: WebKit lets a dropped file turn empty.
    if (file.size !== size) throw await fileChanged(form)
    signal.throwIfAborted()

    if (!job.free) job.attempt += 1
    job.free = false
    store.become(id, {
      status: 'uploading',
      attempt: job.attempt,
      progress: { kind: 'bytes', sent: 0, total: size },
      phase: 'sending',
      speed: null,
    })
    const tellProgress = begin(id)
    const { action } = form
    startHash(job, form, options, signal)

    job.sent = { form, receipt: post.receipt ?? null, result: null }
    // Until there is word of it.
    job.maybeStored = true
    let maybeStored = false
    let reply: TransportReply
    try {
      reply = await transport(form, {
        signal,
        onProgress(sent, phase) {
          if (signal.aborted) return
          if (sent) proven.add(action)
          // Before a redirect that they may not follow browsers tell no end of sending.
          const mayBeOut = sent === null || phase === 'waiting'
          job.maybeStored = maybeStored = mayBeOut || !!form.landing
          tellProgress(sent, phase)
          // A page that nobody looks at has its next frame a second later, and may be thrown away before: its next life is to know. With a server to ask
          // it was noted before.
          if (mayBeOut && options.recovery && !options.confirm) store.look()
        },
      })
    } catch (cause) {
      // A transport of the app's own may throw anything.
      if (!maybeStored || isCosUploadError(cause)) throw cause
      throw await failure(form, 'outcome-unknown', whatWasSent(form), cause)
    }
    if (reply.status) proven.add(action)
    // What reads it may have to be loaded.
    if (!signal.aborted) job.maybeStored = true
    let result = await readReply(reply, form)
    if (result.crc64) silent.delete(action)
    // A landing page's headers are not the bucket's.
    else if (!form.landing) silent.add(action)
    if (file.size !== size) throw await fileChanged(form)
    if (job.crc64 && result.crc64) {
      const expected = await untilAborted(signal, job.crc64)
      result = await loadHashing().then(
        ({ proved }) => proved(result, expected, options.integrity === 'report'),
        () => result,
      )
    }
    // Canceled meanwhile, the job may be at its next attempt.
    signal.throwIfAborted()
    // Not only COS redirects, and of this one nobody saw whereto.
    const opaque = result.via === 'fetch' && result.status === null
    if (options.confirm && (opaque || options.confirmWhen === 'always')) job.doubt = { ...job.sent, result: opaque ? null : result }
    return result
  }
}
