import type { FileRejection } from './restrict/restrictions.ts'
import type { UploadItem } from './upload-item.ts'

/** The items of one snapshot, in order, immutable. */
export interface UploadItems extends Iterable<UploadItem> {
  readonly size: number
  get(id: string): UploadItem | undefined
}

/** Sums over all items that are not canceled; bytes are bytes of the files. */
export interface UploadTotals {
  readonly files: number
  /** Items in status `success`. */
  readonly succeeded: number
  /** Items in status `error`. */
  readonly failed: number
  readonly canceled: number
  /** Items that hold a slot or wait for a retry. */
  readonly active: number
  /** Items waiting for a slot, or to be started. */
  readonly queued: number
  /** Of these wait for `start()`; `queue-settled` is told without them. */
  readonly unstarted: number
  readonly bytes: number
  /** Bytes sent of those, counting a success whole. */
  readonly sentBytes: number
  /** Bytes per second over all running uploads; `null` when nothing runs, it is not known yet, or nothing has moved for twelve seconds. */
  readonly speed: number | null
  /** Seconds left at that speed; `null` when not known. */
  readonly remainingSeconds: number | null
}

/** All of an uploader's state at one moment. Immutable; `ids` is the same array until an item is added, removed or moved. */
export interface UploaderSnapshot {
  readonly items: UploadItems
  readonly ids: readonly string[]
  readonly rejections: readonly FileRejection[]
  readonly totals: UploadTotals
  /** `pause()` was called. */
  readonly paused: boolean
  /** The browser says that it is offline; the queue waits and goes on by itself. */
  readonly offline: boolean
}
