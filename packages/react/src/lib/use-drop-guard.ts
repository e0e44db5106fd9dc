'use client'
import { useEffect, type RefObject } from 'react'
import { editors, passes } from './event-path.ts'

/**
 * A file that misses the drop zone would otherwise replace the page, and end every upload on it.
 * @param input of the zone: a portal may show it in another window, which is replaced as well
 */
export function useDropGuard(on: boolean, input: RefObject<Node | null>): void {
  // After each render: since the last one an app may have moved the zone into another window.
  useEffect(() => {
    // Made here, one for each zone: the same function added twice is one listener, which went with the first zone.
    const guard = (event: DragEvent): void => {
      const { dataTransfer } = event
      // No other field takes files: browsers open what is dropped on it.
      if (event.defaultPrevented || !dataTransfer?.types?.includes('Files') || passes(event.composedPath(), `[type=file],${editors}`)) return
      event.preventDefault()
      dataTransfer.dropEffect = 'none'
    }
    // Not by a signal: in tests `AbortController` may be Node's, which jsdom's document refuses.
    const pages = on ? [document, input.current?.ownerDocument ?? document] : []
    const events = ['dragover', 'drop'] as const
    for (const page of pages) for (const type of events) page.addEventListener(type, guard)
    return () => {
      for (const page of pages) for (const type of events) page.removeEventListener(type, guard)
    }
  })
}
