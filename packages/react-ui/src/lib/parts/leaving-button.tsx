'use client'
import type { ComponentProps, MouseEvent, ReactElement } from 'react'
import { partProps } from '../part-props.ts'
import { useHeir } from '../use-heir.ts'

export interface LeavingButtonProps extends ComponentProps<'button'> {
  readonly part: string
  /** Class of its looks. */
  readonly look: string
  /** What the part does. The app's `onClick` runs first; `preventDefault()` in it keeps this from running. */
  readonly act?: (event: MouseEvent<HTMLButtonElement>) => void
}

/** The part that was pressed last. */
let pressed: string | undefined

/** A button that an upload's progress, or a click on it, takes away: it hands its focus on. */
export function LeavingButton({ part, look, className, ref, onClick, act, ...props }: LeavingButtonProps): ReactElement {
  return (
    <button
      ref={useHeir(ref)}
      type="button"
      {...props}
      {...partProps(part, look, className)}
      onClick={(event) => {
        // The second half of a double click finds in the same place what the first has brought there: it would remove what was canceled, pause what
        // was to be tried again, cancel the upload below a row that went.
        if (event.detail > 1 && part !== pressed) return
        pressed = part
        onClick?.(event)
        if (!event.defaultPrevented) act?.(event)
      }}
    />
  )
}
