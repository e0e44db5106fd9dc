/** Rows to render, as indexes: `first` up to but not including `last`, and one that is kept although it may be out of sight; -1 for none. */
export interface RowWindow {
  readonly first: number
  readonly last: number
  readonly pinned: number
}

export interface PlacedRow {
  readonly index: number
  /** Pixels of rows that are not rendered between this one and the one before it. */
  readonly gap: number
}

/** Where each row begins, and at the end where the list ends. */
export function offsetsOf(count: number, heightAt: (index: number) => number): Float64Array {
  const offsets = new Float64Array(count + 1)
  let end = 0
  for (let index = 0; index < count; index += 1) {
    end += heightAt(index)
    offsets[index + 1] = end
  }
  return offsets
}

/** The row at a distance from the list's start. */
function rowAt(offsets: Float64Array, distance: number): number {
  let low = 0
  let high = offsets.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((offsets[middle] ?? 0) <= distance) low = middle
    else high = middle
  }
  return low
}

// In steps, so that scrolling by one row does not render the list anew each time; and some rows more on each side, for fast scrolling.
const STEP = 8

export function windowAt(offsets: Float64Array, top: number, height: number): Pick<RowWindow, 'first' | 'last'> {
  const count = offsets.length - 1
  const first = Math.max(0, (Math.floor(rowAt(offsets, top) / STEP) - 1) * STEP)
  const last = Math.min(count, (Math.floor(rowAt(offsets, top + height) / STEP) + 2) * STEP)
  return { first, last }
}

/** The rows of a window in order, each with the gap before it, and the gap after the last. They add up to the whole list. */
export function placeRows(
  { first, last, pinned }: RowWindow,
  offsets: Float64Array,
): { readonly rows: readonly PlacedRow[]; readonly after: number } {
  const count = offsets.length - 1
  const indexes = Array.from({ length: Math.max(0, Math.min(last, count) - first) }, (_, step) => first + step)
  // Of a last row that went, the one that is last now: it gets the focus.
  const kept = Math.min(pinned, count - 1)
  if (kept >= last) indexes.push(kept)
  else if (kept >= 0 && kept < first) indexes.unshift(kept)
  const at = (index: number): number => offsets[index] ?? 0
  const rows = indexes.map((index, place): PlacedRow => ({ index, gap: at(index) - at((indexes[place - 1] ?? -1) + 1) }))
  return { rows, after: at(count) - at((indexes.at(-1) ?? -1) + 1) }
}
