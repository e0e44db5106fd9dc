'use client'
import { useUnstarted, useUploaderContext } from '@cosdrop/react'
import type { ComponentProps, ReactElement } from 'react'
import { UploadIcon } from '../icons.tsx'
import { useWidget } from '../widget-context.ts'
import { LeavingButton } from './leaving-button.tsx'

/** Starts all files that wait for it: those added with `autoUpload={false}`. Nothing where none do. */
export function StartTrigger({ children, ...props }: ComponentProps<'button'>): ReactElement | null {
  const { messages } = useWidget()
  const uploader = useUploaderContext()
  const count = useUnstarted()
  if (!count) return null
  return (
    <LeavingButton {...props} part="start-trigger" look="cd-button" act={() => uploader.start()}>
      {children ?? (
        <>
          <UploadIcon />
          {messages.uploadAll(count)}
        </>
      )}
    </LeavingButton>
  )
}
