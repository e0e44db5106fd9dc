import type { FileRejection } from './restrict/restrictions.ts'
import type { AnyUploadError } from './upload-error.ts'
import type { SettledItem, UploadItem, UploadItemIn } from './upload-item.ts'

/** Everything that an app or a log may want to know, in the past tense. What an item came to is in the item. */
export type UploaderEvent =
  /** Also of what `restore()` takes back, as it is: what was stored before is told by no `upload-succeeded` again. */
  | { readonly type: 'files-added'; readonly items: readonly UploadItem[] }
  | { readonly type: 'files-rejected'; readonly rejections: readonly FileRejection[] }
  | { readonly type: 'upload-started' | 'upload-progressed'; readonly item: UploadItemIn<'uploading'> }
  | { readonly type: 'upload-retried'; readonly item: UploadItemIn<'retrying'> }
  /**
   * Storage may have the object; the confirm port is asked, where there is one. `outcome-unknown`, `redirect-unreadable`, `reply-malformed`, the
   * `service` error of a gateway (502 and above without a word of COS, but for a 503 with Retry-After), or `network` with `sentUnknown`: the last two
   * are sent again where nobody can be asked.
   */
  | { readonly type: 'outcome-doubted'; readonly item: UploadItem; readonly error: AnyUploadError }
  | { readonly type: 'upload-succeeded'; readonly item: UploadItemIn<'success'> }
  | { readonly type: 'upload-failed'; readonly item: UploadItemIn<'error'> }
  | { readonly type: 'upload-canceled'; readonly item: UploadItemIn<'canceled'> }
  | { readonly type: 'item-removed'; readonly item: UploadItem }
  /** What the option `recovery` asks for could not be written: no room, or no IndexedDB here. Uploads go on. */
  | { readonly type: 'recovery-failed'; readonly error: unknown }
  | { readonly type: 'queue-paused' | 'queue-resumed' }
  /**
   * No item is queued or running any more, but such as wait for `start()`. Told when the list has been shown as it ended. Carries the items that settled
   * since the queue was last idle; none where all were taken out.
   */
  | { readonly type: 'queue-settled'; readonly items: readonly SettledItem[] }

/** What is told of an item that came into its status; `null` for a status that no event tells of. */
export function eventOf(item: UploadItem): UploaderEvent | null {
  if (item.status === 'uploading') return { type: 'upload-started', item }
  if (item.status === 'retrying') return { type: 'upload-retried', item }
  if (item.status === 'success') return { type: 'upload-succeeded', item }
  if (item.status === 'error') return { type: 'upload-failed', item }
  if (item.status === 'canceled') return { type: 'upload-canceled', item }
  return null satisfies (typeof item)['status'] extends 'queued' | 'hashing' | 'signing' | 'confirming' ? null : never
}
