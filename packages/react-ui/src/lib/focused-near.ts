/** Who has the focus where an element is: its widget may be in a shadow root, or in another window than this code. */
export function focusedNear(element: Element): Element | null {
  const root: Node & Partial<DocumentOrShadowRoot> = element.getRootNode()
  return root.activeElement ?? null
}
