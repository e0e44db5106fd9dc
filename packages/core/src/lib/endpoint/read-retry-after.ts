/**
 * Seconds; a date is counted from the reply's own Date, since the device's clock may be wrong. 0 where that is hidden: somebody did say when.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(value: string | null, date: string | null): number | null {
  if (value === null) return null
  if (/^\d+$/.test(value)) return Number(value)
  const until = Date.parse(value)
  return until ? Math.max(0, (until - Date.parse(date ?? '')) / 1000 || 0) : null
}
