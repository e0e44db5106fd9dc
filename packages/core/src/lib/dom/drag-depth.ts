/** Whether something is being dragged over an element or its children. */
export interface DragDepth {
  enter(target: EventTarget | null): void
  leave(target: EventTarget | null): void
  /** After `drop` and `dragend`. */
  reset(): void
  isInside(): boolean
}

/**
 * Makes one answer of the many `dragenter` and `dragleave` events that children cause. Keeps the entered targets instead of a count: a
 * count goes wrong when an element vanishes while something is dragged over it, since that element never gets its `dragleave`.
 */
export function createDragDepth(onChange: (inside: boolean) => void): DragDepth {
  const entered = new Set<EventTarget>()
  let inside = false
  const settle = (): void => {
    for (const target of entered) {
      if ('isConnected' in target && target.isConnected === false) entered.delete(target)
    }
    if (inside === entered.size > 0) return
    inside = !inside
    onChange(inside)
  }
  return {
    enter(target) {
      if (target) entered.add(target)
      settle()
    },
    leave(target) {
      if (target) entered.delete(target)
      settle()
    },
    reset() {
      entered.clear()
      settle()
    },
    isInside: () => inside,
  }
}
