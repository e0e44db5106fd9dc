'use client'
import { useRef, type RefObject } from 'react'
import { focusHeir } from './focus-heir.ts'
import { focusedNear } from './focused-near.ts'
import { useBeforePaint } from './use-before-paint.ts'

/** For a button that an upload's progress takes away: the focus that it has goes to its row's last button, else to the trigger. */
export function useHeir(): RefObject<HTMLButtonElement | null> {
  const ref = useRef<HTMLButtonElement>(null)
  useBeforePaint(() => {
    const button = ref.current
    return () => {
      if (button && focusedNear(button) === button) focusHeir(button.closest('[data-part="item"]'), button.closest('.cd-root'))
    }
  }, [])
  return ref
}
