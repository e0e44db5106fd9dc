'use client'
import { useRejections, useUploaderContext } from '@cosdrop/react'
import type { ComponentProps, ReactElement } from 'react'
import { useDropzoneState } from '../dropzone-context.ts'
import { AlertIcon, CloseIcon } from '../icons.tsx'
import { partProps } from '../part-props.ts'
import { rejectionSentences } from '../rejection-sentences.ts'
import { RichText } from '../rich-text.tsx'
import { useWidget } from '../widget-context.ts'
import { IconButton } from './icon-button.tsx'

/** The files that were not added, and why, until dismissed. */
export function Rejections({ className, ...props }: ComponentProps<'div'>): ReactElement | null {
  const { messages, format } = useWidget()
  const uploader = useUploaderContext()
  const { restrictions, unreadable, foundNothing, dismissUnreadable } = useDropzoneState()
  // Who tries a canceled file again where there is no room for it is told so each time; it is one file.
  const refused = new Map(useRejections().map((rejection) => [rejection.file, rejection]))
  const rejections = [...refused.values(), ...unreadable]
  if (!rejections.length && !foundNothing) return null
  const [title, ...sentences] = rejections.length ? rejectionSentences(rejections, restrictions, messages, format) : [messages.emptyFolder]
  const dismiss = (): void => {
    dismissUnreadable()
    uploader.dismissRejections()
  }
  return (
    <div {...props} {...partProps('rejections', className)}>
      <AlertIcon />
      <p>
        <strong>{title}</strong> <RichText>{sentences.join(' ')}</RichText>
      </p>
      <IconButton part="dismiss-trigger" label={messages.dismiss} act={dismiss}>
        <CloseIcon />
      </IconButton>
    </div>
  )
}
