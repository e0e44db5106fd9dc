import type { MouseEvent } from 'react'

/** The app's handler runs first; `preventDefault()` in it keeps ours from running. */
export function clicked<Target extends Element>(
  theirs: ((event: MouseEvent<Target>) => void) | undefined,
  ours: (event: MouseEvent<Target>) => void,
): (event: MouseEvent<Target>) => void {
  return (event) => {
    theirs?.(event)
    if (!event.defaultPrevented) ours(event)
  }
}
