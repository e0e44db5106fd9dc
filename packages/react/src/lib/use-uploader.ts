'use client'
import { createUploader, type Uploader, type UploaderOptions } from '@cosdrop/core'
import { useCallback, useEffect, useInsertionEffect, useRef, useState } from 'react'
import { callBack, type UploadCallbacks } from './upload-callbacks.ts'

export type UseUploaderOptions = UploaderOptions & UploadCallbacks

/**
 * Keeps one uploader for the life of the component and returns it: its methods are the commands. Never rerenders because of an upload;
 * read state with `useUploadIds`, `useUploadItem` and `useUploadTotals`. Options may change at any time and hold for what starts afterwards.
 *
 * Unmounting cancels what still runs. To outlive a component, make the uploader with `createUploader` outside of React.
 */
export function useUploader(options: UseUploaderOptions): Uploader {
  const latest = useRef(options)
  const life = useRef({ mounted: false, heard: false })
  const [uploader] = useState(() => createUploader(options))

  const listen = useCallback(() => {
    if (life.current.heard) return
    life.current.heard = true
    uploader.onEvent((event) => callBack(latest.current, event))
  }, [uploader])
  // Before any effect of a child can add a file: no event is missed, and no callback of an older render is called.
  useInsertionEffect(() => {
    latest.current = options
    listen()
  })
  useEffect(() => uploader.setOptions(options))
  useEffect(() => {
    const { current } = life
    current.mounted = true
    listen()
    return () => {
      current.mounted = false
      // StrictMode unmounts and mounts again at once: only who is still gone a moment later is gone. A tree that is shown again later
      // (Activity) finds its list as it was, and an uploader that works again.
      queueMicrotask(() => {
        if (current.mounted) return
        current.heard = false
        uploader.destroy()
      })
    }
  }, [uploader, listen])

  return uploader
}
