import type { AnyUploadError, FileRejection, SettledItem, UploaderEvent, UploadItem, UploadItemIn, UploadResult } from '@cosdrop/core'

/** What an app may want to be told. Always the functions of the latest render are called: no need for `useCallback`. */
export interface UploadCallbacks {
  /** Also of what `restore()` takes back, as it is: what was stored before has its `result`, and `onSuccess` is not called for it again. */
  readonly onFilesAdded?: ((items: readonly UploadItem[]) => void) | undefined
  /** Files that broke a restriction and were not added. */
  readonly onReject?: ((rejections: readonly FileRejection[]) => void) | undefined
  /** Called for every attempt; `attempt` is 1 for the first. Again with the same one where it goes on with a new policy, or after being offline. */
  readonly onUploadStart?: ((item: UploadItemIn<'uploading'>, attempt: number) => void) | undefined
  /** At most once per animation frame and item. */
  readonly onProgress?: ((item: UploadItemIn<'uploading'>) => void) | undefined
  readonly onSuccess?: ((result: UploadResult, item: UploadItemIn<'success'>) => void) | undefined
  readonly onError?: ((error: AnyUploadError, item: UploadItemIn<'error'>) => void) | undefined
  /**
   * Nothing is queued or running any more, and the list is rendered as it ended, so that a form may be submitted here. Gets the items that settled since
   * the queue was last idle; none where all were taken out.
   */
  readonly onSettled?: ((items: readonly SettledItem[]) => void) | undefined
}

export function callBack(callbacks: UploadCallbacks, event: UploaderEvent): void {
  const { type } = event
  if (type === 'files-added') callbacks.onFilesAdded?.(event.items)
  else if (type === 'files-rejected') callbacks.onReject?.(event.rejections)
  else if (type === 'upload-started') callbacks.onUploadStart?.(event.item, event.item.attempt)
  else if (type === 'upload-progressed') callbacks.onProgress?.(event.item)
  else if (type === 'upload-succeeded') callbacks.onSuccess?.(event.item.result, event.item)
  else if (type === 'upload-failed') callbacks.onError?.(event.item.error, event.item)
  else if (type === 'queue-settled') callbacks.onSettled?.(event.items)
}
