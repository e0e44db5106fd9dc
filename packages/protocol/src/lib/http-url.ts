/**
 * With both slashes, or a browser takes it for an address below the bucket. And without line breaks and tabs, which `new URL` drops and a Location
 * header does not.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const WRITTEN_OUT = /^https?:\/\/[^\x00-\x1f\x7f]+$/i

/** An absolute http or https URL. */
export function isHttpUrl(value: string): boolean {
  try {
    return WRITTEN_OUT.test(value) && Boolean(new URL(value))
  } catch {
    return false
  }
}
