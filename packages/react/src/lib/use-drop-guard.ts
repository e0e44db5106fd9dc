'use client'
import { useEffect } from 'react'
import { isInside, textFields } from './is-inside.ts'

function guard(event: DragEvent): void {
  const { dataTransfer } = event
  if (event.defaultPrevented || !dataTransfer?.types.includes('Files') || isInside(event.target, textFields)) return
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
