import { camEncode } from './cam-encode.ts'

/** What COS adds to the URL of `success_action_redirect`. `official/post-object.txt`, Example 8. */
export interface RedirectParameters {
  readonly bucket: string
  readonly key: string
  /** With its quotes. */
  readonly etag: string
}

/** `URL?bucket=…&key=…&etag=%22…%22`, in that order. An existing query is kept and added to, a fragment stays last (facts 1.13, §11). */
export function appendRedirectParameters(url: string, { bucket, key, etag }: RedirectParameters): string {
  const hash = url.indexOf('#')
  const address = hash < 0 ? url : url.slice(0, hash)
  const fragment = hash < 0 ? '' : url.slice(hash)
  const separator = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return `${address}${separator}bucket=${camEncode(bucket)}&key=${camEncode(key)}&etag=${camEncode(etag)}${fragment}`
}

/**
 * Reads them from a landing page's URL, absolute or relative; `null` when one is missing. The last of each name counts: COS appends, so
 * a `key` of the page's own query stands before it. Anybody can make such a URL: it tells the page, it proves nothing.
 */
export function readRedirectParameters(url: string): RedirectParameters | null {
  const query = /^[^#?]*\?([^#]*)/.exec(url)?.[1] ?? ''
  const parameters = new URLSearchParams(query)
  const last = (name: string): string | undefined => parameters.getAll(name).at(-1)
  const [bucket, key, etag] = [last('bucket'), last('key'), last('etag')]
  return bucket !== undefined && key !== undefined && etag !== undefined ? { bucket, key, etag } : null
}
