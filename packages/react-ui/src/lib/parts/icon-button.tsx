'use client'
import type { ComponentProps, ReactElement } from 'react'
import { partProps } from '../part-props.ts'
import { useHeir } from '../use-heir.ts'

interface IconButtonProps extends ComponentProps<'button'> {
  readonly part: string
  /** Its name, and its tooltip. */
  readonly label: string
}

export function IconButton({ part, label, className, ...props }: IconButtonProps): ReactElement {
  return (
    <button
      ref={useHeir()}
      type="button"
      title={label}
      aria-label={label}
      {...props}
      {...partProps(part, className === undefined ? 'cd-icon-button' : `cd-icon-button ${className}`)}
    />
  )
}
