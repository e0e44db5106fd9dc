'use client'
import { useImperativeHandle, useRef, type Ref, type RefObject } from 'react'
import { focusHeir } from './focus-heir.ts'
import { focusedNear } from './focused-near.ts'
import { useBeforePaint } from './use-before-paint.ts'

/**
 * For a button that an upload's progress takes away: the focus that it has goes to its row's last button, else to the trigger.
 * @param theirs the app's own ref
 */
export function useHeir(theirs?: Ref<HTMLButtonElement>): RefObject<HTMLButtonElement | null> {
  const ref = useRef<HTMLButtonElement>(null)
  useImperativeHandle<HTMLButtonElement | null, HTMLButtonElement | null>(theirs, () => ref.current, [])
  useBeforePaint(() => {
    const button = ref.current
    return () => {
      const row = button?.closest('[data-part=item]')
      const root = button?.closest<HTMLElement>('.cd-root')
      if (!root || focusedNear(root) !== button) return
      // Once the button that comes in its place is there. Then the focus may have been given away; where it was not, the page has it.
      queueMicrotask(() => {
        if (focusedNear(root)?.contains(root) !== false) focusHeir(row?.isConnected ? row : null, root)
      })
    }
  }, [])
  return ref
}
