'use client'
import type { InputProps } from '@cosdrop/react'
import type { ReactElement } from 'react'
import { useDropzoneState } from '../dropzone-context.ts'
import { partProps } from '../part-props.ts'

/** The file input behind the trigger. Out of the tab order: the trigger is its keyboard and its name. */
export function HiddenInput({ className, ...props }: InputProps): ReactElement {
  const { getInputProps } = useDropzoneState().dropzone
  return <input {...getInputProps({ tabIndex: -1, 'aria-hidden': true, ...props, ...partProps('hidden-input', className) })} />
}
