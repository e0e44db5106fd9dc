'use client'
import type { ComponentProps, KeyboardEvent, ReactElement } from 'react'
import { partProps } from '../part-props.ts'
import { useHeir } from '../use-heir.ts'

interface IconButtonProps extends ComponentProps<'button'> {
  readonly part: string
  /** Its name, and its tooltip. */
  readonly label: string
}

export function IconButton({ part, label, className, onKeyDown, ref, ...props }: IconButtonProps): ReactElement {
  const once = (event: KeyboardEvent<HTMLButtonElement>): void => {
    onKeyDown?.(event)
    // Held down it clicks on and on, and "cancel", "remove" and the next row's "cancel" follow each other under the focus.
    if (event.repeat && event.key === 'Enter') event.preventDefault()
  }
  return (
    <button
      ref={useHeir(ref)}
      type="button"
      title={label}
      aria-label={label}
      {...props}
      onKeyDown={once}
      {...partProps(part, 'cd-icon-button', className)}
    />
  )
}
