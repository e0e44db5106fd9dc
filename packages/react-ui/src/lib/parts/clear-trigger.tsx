'use client'
import { useUploaderContext, useUploadTotals } from '@cosdrop/react'
import type { ComponentProps, ReactElement } from 'react'
import { clicked } from '../clicked.ts'
import { partProps } from '../part-props.ts'
import { useWidget } from '../widget-context.ts'

/** Takes all settled items out of the list. Nothing while there are none. */
export function ClearTrigger({ className, children, onClick, ...props }: ComponentProps<'button'>): ReactElement | null {
  const { messages, focusTrigger } = useWidget()
  const uploader = useUploaderContext()
  const { succeeded, failed, canceled } = useUploadTotals()
  if (succeeded + failed + canceled === 0) return null
  const clear = (): void => {
    // This button is gone in a moment.
    focusTrigger()
    uploader.clear()
  }
  return (
    <button type="button" onClick={clicked(onClick, clear)} {...props} {...partProps('clear-trigger', 'cd-button', className)}>
      {children ?? messages.clearSettled}
    </button>
  )
}
