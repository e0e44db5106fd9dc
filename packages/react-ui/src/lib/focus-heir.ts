/** Who gets the focus of a button that goes: the row's last button, else the one that opens the file dialog, else the widget itself. */
export function focusHeir(row: Element | null | undefined, root: HTMLElement): void {
  const heir =
    row?.querySelector<HTMLElement>('[data-end]') ?? root.querySelector<HTMLElement>('[data-scope=cosdrop][data-part=trigger]:not(:disabled)')
  // What is disabled takes no focus, and from the page's start Tab goes through all of the page again.
  if (!heir) root.tabIndex = -1
  ;(heir ?? root).focus()
}
