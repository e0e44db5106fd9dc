/** Not one that the app has turned off: `contentEditable={editing}`. */
export const editors = '[contenteditable]:not([contenteditable=false])'
/** What takes pastes of its own. */
export const fields: string = `input,textarea,${editors}`

/**
 * Whether an event's path has such an element. Its target is none to go by: of a web component that is the host. Nor is `instanceof`: a portal may be
 * in another window, which has an `Element` of its own.
 */
export const passes = (path: readonly EventTarget[], selector: string): boolean =>
  path.some((node: EventTarget & Partial<Element>) => node.matches?.(selector))
