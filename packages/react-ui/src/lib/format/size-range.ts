/** Bytes, inclusive. */
export interface SizeRange {
  readonly min: number
  readonly max: number
}

/** Reads how core words a `content-length-range` condition, `0 to 20971520 bytes`; `null` for anything else. */
export function sizeRange(expected: string): SizeRange | null {
  const [, min, max] = /^(\d+) to (\d+) bytes$/u.exec(expected) ?? []
  return min === undefined || max === undefined ? null : { min: Number(min), max: Number(max) }
}
