// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\x00-\x1f\x7f]/

/** An absolute http or https URL. None with line breaks or tabs, which `new URL` drops and a Location header does not. */
export function isHttpUrl(value: string): boolean {
  if (CONTROL.test(value)) return false
  try {
    return /^https?:$/.test(new URL(value).protocol)
  } catch {
    return false
  }
}
