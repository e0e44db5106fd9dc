'use client'
import { useUploaderContext, useUploadTotals } from '@cosdrop/react'
import type { ComponentProps, ReactElement } from 'react'
import { useWidget } from '../widget-context.ts'
import { LeavingButton } from './leaving-button.tsx'

/** Takes all settled items out of the list. Nothing while there are none. */
export function ClearTrigger({ children, ...props }: ComponentProps<'button'>): ReactElement | null {
  const { messages } = useWidget()
  const uploader = useUploaderContext()
  const { succeeded, failed, canceled } = useUploadTotals()
  if (!(succeeded + failed + canceled)) return null
  return (
    <LeavingButton {...props} part="clear-trigger" look="cd-button" act={() => uploader.clear()}>
      {children ?? messages.clearSettled}
    </LeavingButton>
  )
}
