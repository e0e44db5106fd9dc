'use client'
import { createUploader, type FileRejection, type UploadItem, type Uploader, type UploaderSnapshot, type UploadTotals } from '@cosdrop/core'
import { useSyncExternalStore } from 'react'
import { useUploaderContext } from './uploader-context.ts'

/** `offline`: the queue waits for the network and goes on by itself. */
export type QueueState = 'open' | 'paused' | 'offline'

let blank: UploaderSnapshot | undefined
/** What the server has rendered: an uploader that nothing was added to. A page may have files before all of it has come alive. */
const ofServer = (): UploaderSnapshot => (blank ??= createUploader({ policy: '' }).getSnapshot())

// `read` returns what the uploader stores, never something made on the spot: a fresh object would rerender without end.
function useStored<Stored>(given: Uploader | undefined, read: (snapshot: UploaderSnapshot) => Stored): Stored {
  const uploader = useUploaderContext(given)
  const get = () => read(uploader.getSnapshot())
  return useSyncExternalStore(uploader.subscribe, get, () => read(ofServer()))
}

/** All state at one moment. Rerenders at every commit: at most once a frame while uploads run. */
export function useUploadSnapshot(uploader?: Uploader): UploaderSnapshot {
  return useStored(uploader, (snapshot) => snapshot)
}

/** The ids in order. Rerenders when an item is added, removed or moved, not when one changes. */
export function useUploadIds(uploader?: Uploader): readonly string[] {
  return useStored(uploader, (snapshot) => snapshot.ids)
}

/** Counts and bytes over all items. */
export function useUploadTotals(uploader?: Uploader): UploadTotals {
  return useStored(uploader, (snapshot) => snapshot.totals)
}

/** The files that were not added, until `dismissRejections()`. */
export function useRejections(uploader?: Uploader): readonly FileRejection[] {
  return useStored(uploader, (snapshot) => snapshot.rejections)
}

/** How many files wait for `start()`: those added with `autoUpload: false`. */
export function useUnstarted(uploader?: Uploader): number {
  return useStored(uploader, (snapshot) => snapshot.totals.unstarted)
}

/** Whether new uploads start. */
export function useQueueState(uploader?: Uploader): QueueState {
  return useStored(uploader, ({ paused, offline }) => (paused ? 'paused' : offline ? 'offline' : 'open'))
}

/** One item; rerenders when that item changes and at no other time. `undefined` once it is removed. */
export function useUploadItem(id: string, given?: Uploader): UploadItem | undefined {
  const uploader = useUploaderContext(given)
  // React compares what it is given, as `subscribeItem` would.
  const get = () => uploader.getItem(id)
  return useSyncExternalStore(uploader.subscribe, get, () => undefined)
}
