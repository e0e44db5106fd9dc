'use client'
import type { FileRejection, UploadItem, Uploader, UploadTotals } from '@cosdrop/core'
import { useMemo } from 'react'
import { useDropzone, type Dropzone, type DropzoneOptions } from './use-dropzone.ts'
import { useUploadSnapshot } from './use-upload-state.ts'
import { useUploader, type UseUploaderOptions } from './use-uploader.ts'

export type UseCosUploadOptions = UseUploaderOptions & Omit<DropzoneOptions, 'restrictions'>

/** Commands are the uploader's own methods; they need no `this`. */
export interface CosUpload extends Dropzone, Uploader {
  readonly items: readonly UploadItem[]
  readonly rejections: readonly FileRejection[]
  readonly totals: UploadTotals
  readonly paused: boolean
  readonly offline: boolean
  /** For `UploaderProvider`, events, and the hooks that rerender less. */
  readonly uploader: Uploader
}

/**
 * Everything in one call: state, commands and prop getters. Rerenders at every commit, at most once a frame while uploads run; for lists of
 * hundreds of files take `useUploader` with `useUploadIds` and `useUploadItem` instead.
 */
export function useCosUpload(options: UseCosUploadOptions): CosUpload {
  const uploader = useUploader(options)
  const { items, rejections, totals, paused, offline } = useUploadSnapshot(uploader)
  const list = useMemo(() => [...items], [items])
  const dropzone = useDropzone(uploader, options)
  return { ...uploader, ...dropzone, items: list, rejections, totals, paused, offline, uploader }
}
