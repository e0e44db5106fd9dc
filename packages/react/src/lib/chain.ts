import type { SyntheticEvent } from 'react'

interface Handler<Event extends SyntheticEvent> {
  (event: Event): void
}

/** The app's handler runs first; `preventDefault()` in it keeps ours from running. */
export function chain<Event extends SyntheticEvent>(theirs: Handler<Event> | undefined, ours: Handler<Event>): Handler<Event> {
  return (event) => {
    theirs?.(event)
    if (!event.defaultPrevented) ours(event)
  }
}
