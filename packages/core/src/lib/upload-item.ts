import type { Progress } from './progress.ts'
import type { AnyUploadError } from './upload-error.ts'
import type { UploadResult } from './upload-result.ts'

/** What an item has in every status. Ids are minted, never derived from the file: two equal files are two items. */
export interface UploadItemBase {
  readonly id: string
  /** Empty where an earlier page has stored it: of those `restore()` brings back name, size and result. */
  readonly file: Blob
  /** The name that the policy endpoint is told; `blob` for a Blob without one. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** MIME type as the browser tells it; empty when it does not know. */
  readonly type: string
  /** `folder/sub/name.txt` for a file from a dropped or chosen folder, else `null`. */
  readonly relativePath: string | null
  /** Higher goes first; equal priorities go in order of `ids`. @default 0 */
  readonly priority: number
  /** It waits for `start()`: it was added with `autoUpload: false`. */
  readonly unstarted?: boolean | undefined
}

/** The part of an item that changes: a union on `status`; each member holds just what that status has. */
export type UploadState =
  | { readonly status: 'queued' }
  | { readonly status: 'hashing'; readonly hashedBytes: number }
  | { readonly status: 'signing' }
  | {
      readonly status: 'uploading'
      /** 1 for the first. */
      readonly attempt: number
      readonly progress: Progress
      /** `waiting`: everything is sent and storage has not answered yet. */
      readonly phase: 'sending' | 'waiting'
      /** Bytes per second, a moving mean; `null` until known, and when nothing has moved for ten seconds. */
      readonly speed: number | null
    }
  | {
      readonly status: 'retrying'
      /** The attempt that failed. */
      readonly attempt: number
      readonly maxAttempts: number
      /**
       * Before that the next one does not start (it may have to wait for a slot, the network or storage), on the uploader's clock (milliseconds,
       * monotonic; see `Clock`).
       */
      readonly retryAt: number
      readonly error: AnyUploadError
    }
  | { readonly status: 'confirming'; readonly attempt: number }
  | { readonly status: 'success'; readonly result: UploadResult }
  | {
      readonly status: 'error'
      /** 0 when nothing was sent. */
      readonly attempt: number
      readonly error: AnyUploadError
    }
  | { readonly status: 'canceled' }

export type UploadItem = UploadItemBase & UploadState
export type UploadStatus = UploadState['status']
/** An item in one status (or some): `UploadItemIn<'success'>` has a `result`. */
export type UploadItemIn<Status extends UploadStatus> = UploadItemBase & Extract<UploadState, { readonly status: Status }>
export type SettledItem = UploadItemIn<'success' | 'error' | 'canceled'>

/** Nothing more happens to it unless someone asks. */
export function isSettled(item: UploadItem): item is SettledItem {
  return item.status === 'success' || item.status === 'error' || item.status === 'canceled'
}

/** It holds one of the queue's slots. */
export function isBusy(item: UploadItem): boolean {
  return !isSettled(item) && item.status !== 'queued' && item.status !== 'retrying'
}
