'use client'
import { useUploaderContext } from '@cosdrop/react'
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { focusedNear } from '../focused-near.ts'
import { useBeforePaint } from '../use-before-paint.ts'
import type { Row } from './row-context.ts'
import { offsetsOf, placeRows, windowAt, type RowWindow } from './row-window.ts'

interface Rows {
  /** Each with the pixels of rows before it that are not rendered. */
  readonly rows: readonly { readonly id: string; readonly gap: number; readonly row: Row }[]
  /** Pixels of rows after the last rendered one. */
  readonly after: number
}

// Fewer rows than this are all rendered: nothing is faster, everything can be found by the browser's search, and an app's tests in jsdom,
// where nothing has a height, see them: all, for there is none to observe either.
const ALL_RENDERED = globalThis.ResizeObserver ? 60 : Infinity
// Those that a shorter list had, so that none of them goes before anybody has looked which are in sight, or have the focus.
const AT_FIRST: RowWindow & { readonly held: string } = { first: 0, last: ALL_RENDERED, pinned: -1, held: '' }

// The heights of styles.css, until a row is measured.
const estimates: { readonly [status: string]: number } = { success: 91, error: 102 }

/** Whose row of `list` has the focus. */
function focusedId(list: Element): string {
  const focused = focusedNear(list)
  return (list.contains(focused) && focused?.closest('[data-index]')?.getAttribute('data-id')) || ''
}

/**
 * Which rows to render. They stand in the page's own flow, with a gap in place of those left out: so the browser keeps the scroll position
 * when a row above grows, and a row that is not measured yet moves nothing.
 */
export function useRows(ids: readonly string[], scroller: RefObject<HTMLElement | null>): Rows {
  const uploader = useUploaderContext()
  const windowed = ids.length > ALL_RENDERED
  const [heights] = useState(() => new Map<string, number>())
  const [measured, setMeasured] = useState(0)
  const [range, setRange] = useState(AT_FIRST)
  const looked = useRef<Float64Array>(null)

  const offsets = useMemo(() => {
    const heightAt = (index: number): number => {
      const id = ids[index] ?? ''
      return heights.get(id) ?? estimates[uploader.getItem(id)?.status ?? ''] ?? 61
    }
    return offsetsOf(ids.length, heightAt)
    // `measured` counts the changes of `heights`.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [ids, heights, measured, uploader])

  useBeforePaint(() => {
    const element = scroller.current
    if (!windowed || element === null) return setRange(AT_FIRST)
    const look = (): void => {
      // In an app's grid of cards nothing tells where one that is not rendered would be.
      const cards = /flex|grid/u.test(getComputedStyle(element.firstElementChild ?? element).display)
      const { first, last } = windowAt(offsets, cards ? 0 : element.scrollTop, cards ? Infinity : element.clientHeight)
      const held = focusedId(element)
      const pinned = ids.indexOf(held)
      if (first === range.first && last === range.last && held === range.held && pinned === range.pinned) return
      // React takes the old rows out, with their gaps, before it puts the new ones in. WebKit lays out in between, and a list that is short then
      // loses the place that it was scrolled to.
      element.style.cssText = `--cd-held:${offsets.at(-1)}px`
      // WebKit lays out with the style that it has: this makes it take the new one.
      void element.scrollTop
      setRange({ first, last, held, pinned })
    }
    const resizes = new ResizeObserver(look)
    // Not at once for rows that it has asked for: by what they are higher than was thought Chromium moves the list, and that may ask for those before,
    // without an end. The observer looks when they have been measured.
    if (looked.current !== offsets) look()
    looked.current = offsets
    resizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    // The row that a removal leaves the focus to may be out of sight.
    element.addEventListener('focusin', look)
    return () => {
      // The other rows are there, and the list has a length of its own again.
      element.style.cssText = ''
      resizes.disconnect()
      element.removeEventListener('scroll', look)
      element.removeEventListener('focusin', look)
    }
  }, [ids, offsets, windowed, scroller, range])

  useEffect(() => {
    if (!windowed) return undefined
    if (heights.size > 2 * ids.length) {
      const kept = new Set(ids)
      for (const id of heights.keys()) if (!kept.has(id)) heights.delete(id)
    }
    const observer = new ResizeObserver((entries) => {
      // Of a list that is hidden, in a tab or a dialog, no row has a height.
      if (!scroller.current?.clientWidth) return
      let changed = false
      for (const { target, borderBoxSize } of entries) {
        const id = target.isConnected ? target.getAttribute('data-id') : null
        const height = borderBoxSize[0]?.blockSize
        if (id === null || height === undefined || heights.get(id) === height) continue
        heights.set(id, height)
        changed = true
      }
      if (changed) setMeasured((count) => count + 1)
    })
    for (const row of scroller.current?.querySelectorAll('[data-index]') ?? []) observer.observe(row)
    return () => observer.disconnect()
  }, [range, ids, windowed, heights, scroller])

  return useMemo(() => {
    const rowAt = (index: number, gap: number) => ({
      id: ids[index] ?? '',
      gap,
      row: { 'aria-posinset': index + 1, 'aria-setsize': ids.length, 'data-index': index },
    })
    const seen = windowed ? range : AT_FIRST
    // Rows above the one that has the focus may have gone since; its own place is the next one's when it went itself.
    const now = ids.indexOf(seen.held)
    const { rows, after } = placeRows(now < 0 ? seen : { ...seen, pinned: now }, offsets)
    return { rows: rows.map(({ index, gap }) => rowAt(index, gap)), after }
  }, [ids, windowed, range, offsets])
}
