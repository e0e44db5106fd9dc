'use client'
import type { UploadItem, Uploader, UploaderSnapshot } from '@cosdrop/core'
import { useMemo } from 'react'
import { useDropzone, type Dropzone, type DropzoneOptions } from './use-dropzone.ts'
import { useUploadSnapshot } from './use-upload-state.ts'
import { useUploader, type UseUploaderOptions } from './use-uploader.ts'

export type UseCosUploadOptions = UseUploaderOptions & Omit<DropzoneOptions, 'restrictions'>

/** Commands are the uploader's own methods; they need no `this`. */
export interface CosUpload extends Dropzone, Uploader, Omit<UploaderSnapshot, 'items'> {
  readonly items: readonly UploadItem[]
  /** For `UploaderProvider`, events, and the hooks that rerender less. */
  readonly uploader: Uploader
}

/**
 * Everything in one call: state, commands and prop getters. Rerenders at every commit, at most once a frame while uploads run; for lists of
 * hundreds of files take `useUploader` with `useUploadIds` and `useUploadItem` instead.
 */
export function useCosUpload(options: UseCosUploadOptions): CosUpload {
  const uploader = useUploader(options)
  const snapshot = useUploadSnapshot(uploader)
  const items = useMemo(() => [...snapshot.items], [snapshot.items])
  return { ...uploader, ...useDropzone(uploader, options), ...snapshot, items, uploader }
}
