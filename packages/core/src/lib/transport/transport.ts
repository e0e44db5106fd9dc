import type { PostForm } from '../form/post-form.ts'
import type { UploadResult } from '../upload-result.ts'

export interface TransportOptions {
  readonly signal: AbortSignal
  /** Bytes of the file that were sent so far; `waiting` when the whole body is out. A way that cannot tell calls it once, with `null`. */
  readonly onProgress: (sentBytes: number | null, phase: 'sending' | 'waiting') => void
}

/** A reply as far as a browser lets a page read it. */
export interface TransportReply {
  readonly status: number | null
  /** Reads a header, case-insensitively; `null` when absent or not exposed. */
  readonly header: (name: string) => string | null
  readonly body: string
  /** Where the request ended after redirects. */
  readonly url: string | null
  readonly via: UploadResult['via']
}

/**
 * Sends one form, once. Resolves with whatever status came back, 4xx and 5xx included; rejects with a `CosUploadError`
 * (`network`, `outcome-unknown`, `stalled`, `aborted`, `redirect-unreadable`, `file-unreadable`).
 */
export type Transport = (form: PostForm, options: TransportOptions) => Promise<TransportReply>
