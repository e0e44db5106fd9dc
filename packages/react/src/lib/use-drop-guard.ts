'use client'
import { useEffect, type RefObject } from 'react'
import { editors, passes } from './event-path.ts'

/**
 * A file that misses the drop zone would otherwise replace the page, and end every upload on it.
 * @param on `false` lets it: then this ends what the zone shows of a drag, and no more
 * @param input of the zone: a portal may show it in another window, which is replaced as well
 */
export function useDropGuard(on: boolean, input: RefObject<Node | null>, setDrag: (none: null) => void): void {
  // After each render: since the last one an app may have moved the zone into another window.
  useEffect(() => {
    // Made here, one for each zone: the same function added twice is one listener, which went with the first zone.
    const guard = (event: DragEvent): void => {
      const { dataTransfer } = event
      // The guard of another uploader prevents it as well: the page takes nothing then.
      if (event.defaultPrevented && dataTransfer?.dropEffect !== 'none') return
      // What was under the drag may have gone from the page, and with it the word that the drag has left.
      setDrag(null)
      // No other field takes files: browsers open what is dropped on it.
      if (!on || !dataTransfer?.types?.includes('Files') || passes(event.composedPath(), `[type=file],${editors}`)) return
      event.preventDefault()
      dataTransfer.dropEffect = 'none'
    }
    // Not by a signal: in tests `AbortController` may be Node's, which jsdom's document refuses.
    const pages = [document, input.current?.ownerDocument ?? document]
    for (const page of pages) {
      page.addEventListener('dragover', guard)
      page.addEventListener('drop', guard)
    }
    return () => {
      for (const page of pages) {
        page.removeEventListener('dragover', guard)
        page.removeEventListener('drop', guard)
      }
    }
  })
}
