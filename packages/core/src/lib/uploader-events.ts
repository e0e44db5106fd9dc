import type { FileRejection } from './restrict/restrictions.ts'
import type { AnyUploadError } from './upload-error.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploadResult } from './upload-result.ts'

/** Everything that an app or a log may want to know, in the past tense. */
export type UploaderEvent =
  | { readonly type: 'files-added'; readonly items: readonly UploadItem[] }
  | { readonly type: 'files-rejected'; readonly rejections: readonly FileRejection[] }
  | { readonly type: 'upload-started'; readonly item: UploadItem; readonly attempt: number }
  | { readonly type: 'upload-progressed'; readonly item: UploadItem }
  | { readonly type: 'upload-retried'; readonly item: UploadItem; readonly error: AnyUploadError }
  | { readonly type: 'outcome-doubted'; readonly item: UploadItem; readonly error: AnyUploadError }
  | { readonly type: 'upload-succeeded'; readonly item: UploadItem; readonly result: UploadResult }
  | { readonly type: 'upload-failed'; readonly item: UploadItem; readonly error: AnyUploadError }
  | { readonly type: 'upload-canceled'; readonly item: UploadItem }
  | { readonly type: 'item-removed'; readonly item: UploadItem }
  /** What the option `recovery` asks for could not be written: no room, or no IndexedDB here. Uploads go on. */
  | { readonly type: 'recovery-failed'; readonly error: unknown }
  | { readonly type: 'queue-paused' }
  | { readonly type: 'queue-resumed' }
  /** No item is queued or running any more. Carries the items that settled since the queue was last idle. */
  | { readonly type: 'queue-settled'; readonly items: readonly UploadItem[] }
