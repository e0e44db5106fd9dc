const fields = 'input,textarea,[contenteditable]'

/** Whether an event's target is in what takes drops and pastes of its own, or in what `controls` selects in addition. */
export const isInField = (target: EventTarget | null, controls = ''): boolean =>
  target instanceof Element && target.closest(fields + controls) !== null
