'use client'
import { useUploaderContext, useUploadIds } from '@cosdrop/react'
import { useEffect, useImperativeHandle, useRef, type RefObject } from 'react'
import { focusHeir } from './focus-heir.ts'

export interface RemovalFocusHandle {
  /** Call before the item is removed: remembers who gets the focus. */
  readonly before: (id: string) => void
}

interface RemovalFocusProps {
  readonly root: RefObject<HTMLElement | null>
  readonly handle: RefObject<RemovalFocusHandle | null>
}

/** The button that had the focus goes with its row; the focus goes to the next row, else to the one before, else to the trigger. */
export function RemovalFocus({ root, handle }: RemovalFocusProps): null {
  const uploader = useUploaderContext()
  const ids = useUploadIds()
  const heir = useRef<{ readonly id: string | undefined } | null>(null)

  useImperativeHandle(
    handle,
    () => ({
      before(id) {
        const now = uploader.getSnapshot().ids
        const index = now.indexOf(id)
        heir.current = { id: now[index + 1] ?? now[index - 1] }
      },
    }),
    [uploader],
  )

  useEffect(() => {
    if (heir.current === null) return
    const { id } = heir.current
    heir.current = null
    const row = id === undefined ? null : root.current?.querySelector(`[data-part="item"][data-id="${CSS.escape(id)}"]`)
    focusHeir(row, root.current)
  }, [ids, root])

  return null
}
