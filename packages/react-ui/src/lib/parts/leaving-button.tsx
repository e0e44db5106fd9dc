'use client'
import type { ComponentProps, ReactElement } from 'react'
import { partProps } from '../part-props.ts'
import { useHeir } from '../use-heir.ts'

export interface LeavingButtonProps extends ComponentProps<'button'> {
  readonly part: string
  /** Class of its looks. */
  readonly look: string
}

/** A button that an upload's progress, or a click on it, takes away: it hands its focus on. */
export function LeavingButton({ part, look, className, ref, ...props }: LeavingButtonProps): ReactElement {
  return <button ref={useHeir(ref)} type="button" {...props} {...partProps(part, look, className)} />
}
