'use client'
import { useEffect } from 'react'
import { isInField } from './is-in-field.ts'

function guard(event: DragEvent): void {
  const { dataTransfer, defaultPrevented, target } = event
  if (defaultPrevented || !dataTransfer?.types.includes('Files') || isInField(target)) return
  event.preventDefault()
  dataTransfer.dropEffect = 'none'
}

/** A file that misses the drop zone would otherwise replace the page, and end every upload on it. */
export function useDropGuard(on: boolean): void {
  useEffect(() => {
    const controller = new AbortController()
    if (on) for (const type of ['dragover', 'drop'] as const) document.addEventListener(type, guard, controller)
    return () => controller.abort()
  }, [on])
}
