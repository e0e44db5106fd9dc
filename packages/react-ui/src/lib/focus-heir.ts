/** The button that opens the file dialog. */
export function triggerIn(root: Element | null | undefined): HTMLElement | null {
  return root?.querySelector<HTMLElement>('[data-scope="cosdrop"][data-part="trigger"]') ?? null
}

/** Who gets the focus of a button that goes: the row's last button, else the trigger. */
export function focusHeir(row: Element | null | undefined, root: Element | null | undefined): void {
  const heir = row?.querySelector<HTMLElement>('[data-end]') ?? triggerIn(root)
  heir?.focus()
}
