'use client'
import { useEffect } from 'react'

function guard(event: DragEvent): void {
  const { target, dataTransfer } = event
  if (event.defaultPrevented || !dataTransfer?.types.includes('Files')) return
  // A native file input, or a text field, knows itself what to do with a drop.
  if (target instanceof Element && target.closest('input,textarea,[contenteditable]')) return
  event.preventDefault()
  dataTransfer.dropEffect = 'none'
}

/** A file that misses the drop zone would otherwise replace the page, and end every upload on it. */
export function useDropGuard(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined
    document.addEventListener('dragover', guard)
    document.addEventListener('drop', guard)
    return () => {
      document.removeEventListener('dragover', guard)
      document.removeEventListener('drop', guard)
    }
  }, [on])
}
