'use client'
import { useEffect } from 'react'
import { editors, passes } from './event-path.ts'

/** A file that misses the drop zone would otherwise replace the page, and end every upload on it. */
export function useDropGuard(on: boolean): void {
  useEffect(() => {
    // Made here, one for each zone: the same function added twice is one listener, which went with the first zone.
    const guard = (event: DragEvent): void => {
      const { dataTransfer } = event
      // No other field takes files: browsers open what is dropped on it.
      if (event.defaultPrevented || !dataTransfer?.types.includes('Files') || passes(event.composedPath(), `[type=file],${editors}`)) return
      event.preventDefault()
      dataTransfer.dropEffect = 'none'
    }
    // Not by a signal: in tests `AbortController` may be Node's, which jsdom's document refuses.
    const events = ['dragover', 'drop'] as const
    if (on) for (const type of events) document.addEventListener(type, guard)
    return () => {
      for (const type of events) document.removeEventListener(type, guard)
    }
  }, [on])
}
