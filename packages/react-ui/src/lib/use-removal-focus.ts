'use client'
import type { Uploader } from '@cosdrop/core'
import { useUploadIds } from '@cosdrop/react'
import { useCallback, useEffect, useRef, type RefObject } from 'react'
import { focusHeir } from './focus-heir.ts'

/**
 * The button that had the focus goes with its row; the focus goes to the next row, else to the one before, else as `focusHeir` says.
 * @returns removes an item, and remembers who gets the focus
 */
export function useRemovalFocus(uploader: Uploader, root: RefObject<HTMLElement | null>): (id: string) => void {
  const ids = useUploadIds(uploader)
  const heir = useRef<string>(null)

  useEffect(() => {
    if (heir.current === null || !root.current) return
    const row = root.current.querySelector(`[data-part=item][data-id=${JSON.stringify(heir.current)}]`)
    heir.current = null
    focusHeir(row, root.current)
  }, [ids, root])

  return useCallback(
    (id) => {
      const now = uploader.getSnapshot().ids
      const index = now.indexOf(id)
      heir.current = now[index + 1] ?? now[index - 1] ?? ''
      uploader.remove(id)
    },
    [uploader],
  )
}
