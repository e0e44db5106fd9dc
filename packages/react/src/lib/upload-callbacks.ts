import type { AnyUploadError, FileRejection, UploaderEvent, UploadItem, UploadResult } from '@cosdrop/core'

/** What an app may want to be told. Always the functions of the latest render are called: no need for `useCallback`. */
export interface UploadCallbacks {
  readonly onFilesAdded?: ((items: readonly UploadItem[]) => void) | undefined
  /** Files that broke a restriction and were not added. */
  readonly onReject?: ((rejections: readonly FileRejection[]) => void) | undefined
  /** Called for every attempt; `attempt` is 1 for the first. */
  readonly onUploadStart?: ((item: UploadItem, attempt: number) => void) | undefined
  /** At most once per animation frame and item. */
  readonly onProgress?: ((item: UploadItem) => void) | undefined
  readonly onSuccess?: ((result: UploadResult, item: UploadItem) => void) | undefined
  readonly onError?: ((error: AnyUploadError, item: UploadItem) => void) | undefined
  /** Nothing is queued or running any more. Gets the items that settled since the queue was last idle. */
  readonly onSettled?: ((items: readonly UploadItem[]) => void) | undefined
}

export function callBack(callbacks: UploadCallbacks, event: UploaderEvent): void {
  switch (event.type) {
    case 'files-added':
      return callbacks.onFilesAdded?.(event.items)
    case 'files-rejected':
      return callbacks.onReject?.(event.rejections)
    case 'upload-started':
      return callbacks.onUploadStart?.(event.item, event.attempt)
    case 'upload-progressed':
      return callbacks.onProgress?.(event.item)
    case 'upload-succeeded':
      return callbacks.onSuccess?.(event.result, event.item)
    case 'upload-failed':
      return callbacks.onError?.(event.error, event.item)
    case 'queue-settled':
      return callbacks.onSettled?.(event.items)
    case 'upload-retried':
    case 'outcome-doubted':
    case 'upload-canceled':
    case 'item-removed':
    case 'queue-paused':
    case 'queue-resumed':
      return undefined
    default:
      return event satisfies never
  }
}
