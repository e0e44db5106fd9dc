'use client'
import { useEffect } from 'react'
import { closest } from './is-in-field.ts'

function guard(event: DragEvent): void {
  const { dataTransfer, defaultPrevented, target } = event
  // No other field takes files: browsers open what is dropped on it.
  if (defaultPrevented || !dataTransfer?.types.includes('Files') || closest(target, '[type=file],[contenteditable]')) return
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
