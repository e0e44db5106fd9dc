/** Whether an event's target is an element of that kind, or in one. */
export const isInside = (target: EventTarget | null, selector: string): boolean => target instanceof Element && target.closest(selector) !== null

/** What takes drops and pastes of its own. */
export const textFields = 'input,textarea,[contenteditable]'
