'use client'
import { useUploaderContext } from '@cosdrop/react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, type RefObject } from 'react'
import type { Row } from './row-context.ts'

interface Rows {
  readonly rows: readonly { readonly id: string; readonly row: Row }[]
  readonly height: number | undefined
}

// Fewer rows than this are all rendered: nothing is faster, everything can be found by the browser's search, and an app's tests in jsdom,
// where nothing has a height, see them.
const ALL_RENDERED = 60

/** Which rows to render, and where. */
export function useRows(ids: readonly string[], scroller: RefObject<HTMLElement | null>): Rows {
  const uploader = useUploaderContext()
  const windowed = ids.length > ALL_RENDERED
  const indexes = useMemo(() => new Map(windowed ? ids.map((id, index) => [id, index]) : []), [ids, windowed])

  // Its functions answer anew at every render, which is what is wanted here: nothing of it is memoized.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: ids.length,
    enabled: windowed,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    // The heights of styles.css; rows are measured as soon as they are there.
    estimateSize: (index) => {
      const status = uploader.getItem(ids[index] ?? '')?.status
      return status === 'success' ? 91 : status === 'error' ? 102 : 61
    },
    overscan: 8,
    rangeExtractor: (range) => {
      // The row with the focus stays, or the keyboard would fall back to the page's start when it is scrolled away.
      const focused = document.activeElement?.closest<HTMLElement>('[data-part="item"]')?.dataset['id']
      const index = focused === undefined ? undefined : indexes.get(focused)
      const shown = defaultRangeExtractor(range)
      return index === undefined || shown.includes(index) ? shown : [...shown, index].toSorted((a, b) => a - b)
    },
  })

  const place = (index: number): Omit<Row['props'], 'ref'> => ({ 'aria-posinset': index + 1, 'aria-setsize': ids.length, 'data-index': index })
  if (!windowed) return { rows: ids.map((id, index) => ({ id, row: { props: place(index), style: undefined } })), height: undefined }
  return {
    rows: virtualizer.getVirtualItems().flatMap(({ index, start }) => {
      const id = ids[index]
      if (id === undefined) return []
      const style = { position: 'absolute', insetInline: 0, insetBlockStart: 0, transform: `translateY(${start}px)` } as const
      return [{ id, row: { props: { ref: virtualizer.measureElement, ...place(index) }, style } }]
    }),
    height: virtualizer.getTotalSize(),
  }
}
