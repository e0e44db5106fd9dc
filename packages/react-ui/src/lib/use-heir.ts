'use client'
import { useRef, type RefObject } from 'react'
import { useBeforePaint } from './use-before-paint.ts'

/** For a button that an upload's progress takes away: the focus that it has goes to its row's last button, else to the trigger. */
export function useHeir(): RefObject<HTMLButtonElement | null> {
  const ref = useRef<HTMLButtonElement>(null)
  useBeforePaint(() => {
    const button = ref.current
    return () => {
      if (!button || button.ownerDocument.activeElement !== button) return
      const heir =
        button.closest('[data-part="item"]')?.querySelector<HTMLElement>('[data-end]') ??
        button.closest('.cd-root')?.querySelector<HTMLElement>('[data-scope="cosdrop"][data-part="trigger"]')
      heir?.focus()
    }
  }, [])
  return ref
}
