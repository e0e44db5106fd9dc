'use client'
import { useRef, type ReactElement } from 'react'
import { useBeforePaint } from '../use-before-paint.ts'

interface ThumbnailProps {
  readonly blob: Blob
  readonly onBroken: () => void
}

/** A picture's own bytes. Its object URL lives as long as it is shown. */
export function Thumbnail({ blob, onBroken }: ThumbnailProps): ReactElement {
  const image = useRef<HTMLImageElement>(null)
  useBeforePaint(() => {
    try {
      const url = URL.createObjectURL(blob)
      const element = image.current
      if (element) element.src = url
      return () => {
        // A row that is gone before its picture came would be a failed request in the console. While it is still in the page: Chromium keeps a picture
        // that is changed after that, and all that it was in, for as long as the page lives.
        element?.removeAttribute('src')
        URL.revokeObjectURL(url)
      }
    } catch {
      // Jest's jsdom has no such function, and Node's takes none of jsdom's files.
      return onBroken()
    }
  }, [blob])
  return <img ref={image} alt="" decoding="async" onError={onBroken} />
}
