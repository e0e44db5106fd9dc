/** Copies text. Answers false where the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // No clipboard on pages without HTTPS, and none without permission: the old way asks for neither.
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.style.cssText = 'position:fixed;inset-block-start:0;opacity:0'
  // Beside the button: outside of a modal dialog nothing can be selected, and what was copied before would stay.
  const beside = focused?.parentElement ?? document.body
  beside.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
