/**
 * Copies text. Answers false where the browser refuses.
 * @param button that was pressed: browsers let no window copy but the one that has the focus, which need not be the one that this code runs in
 */
export async function copyText(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await (button.ownerDocument.defaultView ?? window).navigator.clipboard.writeText(text)
    return true
  } catch {
    // No clipboard on pages without HTTPS, and none without permission: the old way asks for neither.
    return copyBySelection(text, button)
  }
}

function copyBySelection(text: string, button: HTMLElement): boolean {
  const page = button.ownerDocument
  const area = page.createElement('textarea')
  area.value = text
  area.style.cssText = 'position:fixed;inset-block-start:0;opacity:0'
  // Beside the button: outside of a modal dialog nothing can be selected, and what was copied before would stay.
  const beside = button.parentElement ?? page.body
  beside.append(area)
  area.select()
  const copied = page.execCommand('copy')
  area.remove()
  button.focus()
  return copied
}
