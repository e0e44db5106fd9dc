'use client'
import type { ComponentProps, ReactElement } from 'react'
import { useDropzoneState } from '../dropzone-context.ts'
import { partProps } from '../part-props.ts'
import { useWidget } from '../widget-context.ts'

/** The button that opens the file dialog. Outside of a `Dropzone` it needs a `HiddenInput` beside it. */
export function Trigger({ className, children, ...props }: ComponentProps<'button'>): ReactElement {
  const { getTriggerProps } = useDropzoneState().dropzone
  const { messages } = useWidget()
  return <button {...getTriggerProps({ ...props, ...partProps('trigger', className) })}>{children ?? messages.dropFiles.action}</button>
}
