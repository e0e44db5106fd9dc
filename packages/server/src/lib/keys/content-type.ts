import { knownContentType } from './content-type-table.ts'

const MIME = /^[a-z\d!#$&^_.+-]{1,64}\/[a-z\d!#$&^_.+-]{1,64}$/
export const UNKNOWN_TYPE = 'application/octet-stream'

// Browsers look into files of unknown type, and take what looks like a page for one (MIME Sniffing, 7).
const ACTIVE = /^text\/(html|css|xsl)$|(java|ecma|live|\/j)script|[/+]xml$|unknown/

/** `text/plain` of `Text/plain; charset=utf-8`. */
export function withoutParameters(type: string): string {
  return type.replace(/;.*/, '').trim().toLowerCase()
}

/** Whether a browser runs files of this type, or shows them as a page of the bucket's domain. */
export function isActive(type: string): boolean {
  return ACTIVE.test(withoutParameters(type))
}

/** `.png` of `Photo.PNG`; empty when there is none. A leading dot alone is a name, not an extension. */
export function extensionOf(name: string): string {
  const at = name.lastIndexOf('.')
  return at > 0 && at < name.length - 1 ? name.slice(at).toLowerCase() : ''
}

/** The type without its parameters, in lower case; `null` when the text is not one. */
export function readMimeType(text: string): string | null {
  const type = withoutParameters(text)
  return MIME.test(type) ? type : null
}

/**
 * What the file most likely is. The extension decides where the table knows it: a browser's claim is a claim. Only a name without a known
 * extension (a Blob, a photo from a camera roll) is believed, and never an active type.
 */
export function guessContentType(name: string, claimed: string, own: ReadonlyMap<string, string>): string {
  const extension = extensionOf(name).slice(1)
  const known = own.get(extension) ?? knownContentType(extension)
  if (known !== undefined) return known
  const type = readMimeType(claimed)
  return type === null || isActive(type) ? UNKNOWN_TYPE : type
}
