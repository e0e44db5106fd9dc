/** Seconds; a date is counted from the reply's own Date, since the device's clock may be wrong. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function readRetryAfter(value: string | null, date: string | null): number | null {
  if (value === null) return null
  if (/^\d+$/.test(value)) return Number(value)
  const seconds = (Date.parse(value) - Date.parse(date ?? '')) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null
}
