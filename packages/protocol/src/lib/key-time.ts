/** The seconds between which a signature is valid. */
export interface KeyTime {
  /** Unix seconds, inclusive. */
  readonly start: number
  /** Unix seconds, inclusive. */
  readonly end: number
}

/** `1567150692;1567157892`. `official/post-object.txt`, "Generate KeyTime". */
export function formatKeyTime(start: number, end: number): string {
  return `${start};${end}`
}

/** `null` when the text is not two whole numbers, the second not before the first. */
export function parseKeyTime(text: string): KeyTime | null {
  const [, first, second] = /^(\d{1,12});(\d{1,12})$/.exec(text) ?? []
  const start = Number(first)
  const end = Number(second)
  // Of a text that is none both are NaN.
  return end >= start ? { start, end } : null
}
