'use client'
import type { FileRejection, UploadItem, Uploader, UploadTotals } from '@cosdrop/core'
import { useMemo } from 'react'
import { useDropzone, type Dropzone, type DropzoneOptions } from './use-dropzone.ts'
import { useUploadSnapshot } from './use-upload-state.ts'
import { useUploader, type UseUploaderOptions } from './use-uploader.ts'

export type UseCosUploadOptions = UseUploaderOptions & Omit<DropzoneOptions, 'restrictions'>

type CommandName =
  | 'add'
  | 'upload'
  | 'uploadAsync'
  | 'start'
  | 'cancel'
  | 'retry'
  | 'remove'
  | 'clear'
  | 'pause'
  | 'resume'
  | 'move'
  | 'dismissRejections'

export interface CosUpload extends Dropzone, Pick<Uploader, CommandName> {
  readonly items: readonly UploadItem[]
  readonly rejections: readonly FileRejection[]
  readonly totals: UploadTotals
  readonly paused: boolean
  readonly offline: boolean
  /** For `UploaderProvider`, events, and the hooks that rerender less. */
  readonly uploader: Uploader
}

function commandsOf(uploader: Uploader): Pick<Uploader, CommandName> {
  return {
    add: (files) => uploader.add(files),
    upload: (files, options) => uploader.upload(files, options),
    uploadAsync: (file, options) => uploader.uploadAsync(file, options),
    start: (id) => uploader.start(id),
    cancel: (id) => uploader.cancel(id),
    retry: (id) => uploader.retry(id),
    remove: (id) => uploader.remove(id),
    clear: (which) => uploader.clear(which),
    pause: () => uploader.pause(),
    resume: () => uploader.resume(),
    move: (id, index) => uploader.move(id, index),
    dismissRejections: () => uploader.dismissRejections(),
  }
}

/**
 * Everything in one call: state, commands and prop getters. Rerenders at every commit, at most once a frame while uploads run; for lists of
 * hundreds of files take `useUploader` with `useUploadIds` and `useUploadItem` instead.
 */
export function useCosUpload(options: UseCosUploadOptions): CosUpload {
  const uploader = useUploader(options)
  const { items, rejections, totals, paused, offline } = useUploadSnapshot(uploader)
  const list = useMemo(() => [...items], [items])
  const commands = useMemo(() => commandsOf(uploader), [uploader])
  const dropzone = useDropzone(uploader, options)
  return { ...commands, ...dropzone, items: list, rejections, totals, paused, offline, uploader }
}
