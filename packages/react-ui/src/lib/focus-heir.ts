/** Who gets the focus of a button that goes: the row's last button, else the one that opens the file dialog. */
export function focusHeir(row: Element | null | undefined, root: Element | null | undefined): void {
  const heir = row?.querySelector<HTMLElement>('[data-end]') ?? root?.querySelector<HTMLElement>('[data-scope="cosdrop"][data-part="trigger"]')
  heir?.focus()
}
