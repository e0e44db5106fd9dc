import { isSettled, type UploadItem, type UploadItemBase, type UploadState } from './upload-item.ts'

/** A status, and whether the file still waits for `start()` in it. */
export type NextState = UploadState & Pick<UploadItemBase, 'unstarted'>

/**
 * The one way in which an item's status changes. Pure; returns the same object when the change does not apply, so what comes late (the reply of
 * a canceled upload) changes nothing: a settled item can only be queued again, and a success not even that.
 */
export function become(item: UploadItem, state: NextState): UploadItem {
  if (isSettled(item) && (state.status !== 'queued' || item.status === 'success')) return item
  const { id, file, name, size, type, relativePath, priority } = item
  return { id, file, name, size, type, relativePath, priority, ...state }
}
