/** The start and the end of a long value: enough to tell two apart. Full values stay within reach of the copy button. */
export function shorten(value: string, head: number = 8, tail: number = 6): string {
  return value.length <= head + tail + 1 ? value : `${value.slice(0, head)}…${value.slice(-tail)}`
}

/** COS sends ETags in the quotes that HTTP asks for; they are no part of the value. */
export function withoutQuotes(etag: string): string {
  return etag.replace(/^"(.*)"$/u, '$1')
}

/** `['harbour-at-dawn', '.png']`. The end is what must stay readable when the middle is cut. */
export function splitName(name: string): readonly [stem: string, end: string] {
  const dot = name.lastIndexOf('.')
  if (dot <= 0 || name.length - dot > 12) return [name, '']
  return [name.slice(0, dot), name.slice(dot)]
}

/** `PDF`; `null` without an extension that fits a thumbnail. */
export function extensionLabel(name: string): string | null {
  return /\.([\p{L}\p{N}]{1,4})$/u.exec(name)?.[1]?.toUpperCase() ?? null
}
