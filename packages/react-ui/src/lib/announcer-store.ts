export interface Announcement {
  readonly id: number
  readonly text: string
}

/** What the live region shows. One for each widget. */
export interface AnnouncerStore {
  /** Everything said within one task becomes one announcement; the same sentence twice in it is said once. */
  readonly say: (text: string) => void
  readonly subscribe: (listener: () => void) => () => void
  /** The latest ones, oldest first. */
  readonly get: () => readonly Announcement[]
}

// A screen reader that is still speaking when the next one comes needs the earlier ones to be there.
const KEPT = 3

export function createAnnouncerStore(): AnnouncerStore {
  const listeners = new Set<() => void>()
  let kept: readonly Announcement[] = []
  let next = 1
  let waiting = new Set<string>()

  function flush(): void {
    kept = [...kept, { id: next++, text: [...waiting].join(' ') }].slice(-KEPT)
    waiting = new Set()
    for (const listener of listeners) listener()
  }

  return {
    say(text) {
      if (!waiting.size) queueMicrotask(flush)
      waiting.add(text)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get: () => kept,
  }
}
