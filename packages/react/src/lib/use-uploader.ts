'use client'
import { createUploader, type Uploader, type UploaderOptions } from '@cosdrop/core'
import { useEffect, useInsertionEffect, useRef, useState, type RefObject } from 'react'
import { callBack, type UploadCallbacks } from './upload-callbacks.ts'

export type UseUploaderOptions = UploaderOptions & UploadCallbacks

function open(latest: RefObject<UseUploaderOptions>): Uploader {
  const uploader = createUploader(latest.current)
  uploader.onEvent((event) => callBack(latest.current, event))
  return uploader
}

/**
 * Keeps one uploader for the life of the component and returns it: its methods are the commands. Never rerenders because of an upload;
 * read state with `useUploadIds`, `useUploadItem` and `useUploadTotals`. Options may change at any time and hold for what starts afterwards.
 *
 * Unmounting cancels what still runs. To outlive a component, make the uploader with `createUploader` outside of React.
 */
export function useUploader(options: UseUploaderOptions): Uploader {
  const latest = useRef(options)
  const [uploader, setUploader] = useState(() => open(latest))
  const life = useRef<'mounted' | 'unmounted' | 'destroyed'>('unmounted')

  // Before any effect of a child can add a file, so that no callback of an older render is called.
  useInsertionEffect(() => {
    latest.current = options
  })
  useEffect(() => uploader.setOptions(options))

  useEffect(() => {
    // A tree that was hidden and shown again (Activity) keeps its state, but its uploader ended with the hiding.
    if (life.current === 'destroyed') setUploader(open(latest))
    life.current = 'mounted'
    return () => {
      life.current = 'unmounted'
      // StrictMode unmounts and mounts again at once: only who is still gone a moment later is gone.
      queueMicrotask(() => {
        if (life.current !== 'unmounted') return
        life.current = 'destroyed'
        uploader.destroy()
      })
    }
  }, [uploader])

  return uploader
}
