/** A `dragenter` as browsers send it: types and number can be read, names cannot. */
export function dragOver(types: readonly string[]): DragEvent {
  const dataTransfer = new DataTransfer()
  for (const [index, type] of types.entries()) dataTransfer.items.add(new File(['x'], `dragged-${index}`, { type }))
  return new DragEvent('dragenter', { bubbles: true, cancelable: true, dataTransfer })
}
