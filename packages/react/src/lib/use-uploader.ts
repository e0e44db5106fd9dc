'use client'
import { createUploader, type Uploader, type UploaderOptions } from '@cosdrop/core'
import { useEffect, useInsertionEffect, useRef, useState } from 'react'
import { callBack, type UploadCallbacks } from './upload-callbacks.ts'

export type UseUploaderOptions = UploaderOptions & UploadCallbacks

/**
 * Keeps one uploader for the life of the component and returns it: its methods are the commands. Never rerenders because of an upload;
 * read state with `useUploadIds`, `useUploadItem` and `useUploadTotals`. Options may change at any time and hold for what starts afterwards,
 * but for `clock` and `recovery`: another name (another user's) needs another component, by its `key`.
 *
 * Unmounting cancels what still runs. To outlive a component, make the uploader with `createUploader` outside of React.
 */
export function useUploader(options: UseUploaderOptions): Uploader {
  const [uploader] = useState(() => createUploader(options))
  const mounted = useRef(false)

  // Before any effect of a child can add a file: no callback of an older render is called.
  useInsertionEffect(() => uploader.onEvent((event) => callBack(options, event)))
  useInsertionEffect(() => uploader.setOptions(options))
  // A tree that is hidden keeps this effect.
  useInsertionEffect(
    () => () => {
      // What was added while it was hidden. A folder that was dropped is read for a while: what comes of it when nobody is there is not sent either.
      if (!mounted.current) uploader.destroy()
      uploader.onEvent((event) => event.type === 'files-added' && (mounted.current || uploader.destroy()))
    },
    [uploader],
  )
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
      // StrictMode unmounts and mounts again at once: only who is still gone a moment later is gone. A tree that is shown again later
      // (Activity) finds its list as it was, and an uploader that works and is heard.
      queueMicrotask(() => mounted.current || uploader.destroy())
    }
  }, [uploader])

  return uploader
}
