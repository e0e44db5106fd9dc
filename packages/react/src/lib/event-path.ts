/** Not one that the app has turned off: `contentEditable={editing}`. */
export const editors = '[contenteditable]:not([contenteditable=false])'
/** What takes pastes of its own. */
export const fields: string = `input,textarea,${editors}`

/**
 * Whether an event's path has such an element. Its target is none to go by: of a web component that is the host. Nor is `instanceof`: a portal may be
 * in another window, which has an `Element` of its own. Nor is a `matches` of its own: a window shows `<ul id="matches">` as that, a form its fields.
 */
export const passes = (path: readonly EventTarget[], selector: string): boolean =>
  path.some((node) => 'tagName' in node && Element.prototype.matches.call(node, selector))
