'use client'
import { useEffect, useRef, type ReactElement } from 'react'

interface ThumbnailProps {
  readonly blob: Blob
  readonly onBroken: () => void
}

/** A picture's own bytes. Its object URL lives as long as it is shown. */
export function Thumbnail({ blob, onBroken }: ThumbnailProps): ReactElement {
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const url = URL.createObjectURL(blob)
    const element = image.current
    if (element) element.src = url
    return () => {
      // A row that is gone before its picture came would be a failed request in the console.
      element?.removeAttribute('src')
      URL.revokeObjectURL(url)
    }
  }, [blob])
  // Dragged, it would be a file to every drop zone, and the list that it is in is one.
  return <img ref={image} alt="" decoding="async" draggable={false} onError={onBroken} />
}
