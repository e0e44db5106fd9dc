'use client'
import type { ComponentProps, ReactElement } from 'react'
import { useDropzoneState } from '../dropzone-context.ts'
import { partProps } from '../part-props.ts'

/** The button that opens the file dialog. */
export function Trigger({ className, ...props }: ComponentProps<'button'>): ReactElement {
  const { getTriggerProps } = useDropzoneState().dropzone
  return <button {...getTriggerProps({ ...props, ...partProps('trigger', className) })} />
}
