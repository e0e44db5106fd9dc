import type { Ref, SyntheticEvent } from 'react'

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

export function setRef<Node>(ref: Ref<Node> | undefined, node: Node | null): void {
  if (typeof ref === 'function') ref(node)
  else if (ref) ref.current = node
}
