/** What takes pastes of its own. */
export const fields = 'input,textarea,[contenteditable]'

/** Not `instanceof`: a portal may be in another window, which has an `Element` of its own. */
const isElement = (target: EventTarget | null): target is Element => target !== null && 'closest' in target

/** What a selector finds from an event's target outwards. */
export const closest = (target: EventTarget | null, selector: string): Element | null => (isElement(target) ? target.closest(selector) : null)
