import { invalidOption } from '../policy/invalid-option.ts'
import { readMimeType, withoutParameters } from './content-type.ts'

/** What an `accept` text admits. The platform's grammar: `image/*,.pdf,text/csv` (HTML, attribute accept). */
export interface Accept {
  /** For the reply: the text as given; `null` when everything is accepted. */
  readonly text: string | null
  admits(name: string, contentType: string): boolean
  /** The type is named itself, not through a wildcard: what active types need to be stored as what they are. */
  names(name: string, contentType: string): boolean
}

/** `{'image/*': ['.heic'], 'application/pdf': []}` as the page's restrictions take it, or the platform's `image/*,.heic,.pdf`. */
export type AcceptOption = string | Readonly<Record<string, readonly string[]>>

/** @throws {CosServerError} `rules-invalid` */
export function parseAccept(accept: AcceptOption): Accept {
  const text = typeof accept === 'string' ? accept : Object.entries(accept).join()
  const tokens = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  if (!tokens.length || tokens.includes('*/*') || tokens.includes('*')) {
    return { text: null, admits: () => true, names: () => false }
  }
  const exact = new Set<string>()
  const families: string[] = []
  for (const token of tokens) {
    const family = /^([a-z\d-]+\/)\*$/.exec(token)?.[1]
    if (family !== undefined) families.push(family)
    else if (/^\.[^/]+$/.test(token) || readMimeType(token) === token) exact.add(token)
    else throw invalidOption('accept', `"${token}" in accept is neither an extension (.pdf), a type (text/csv) nor a family (image/*).`)
  }
  // Not by the last dot: `.tar.gz` is one, too.
  const extensions = [...exact].filter((token) => token.startsWith('.'))
  const names = (name: string, contentType: string): boolean =>
    exact.has(withoutParameters(contentType)) || extensions.some((extension) => name.toLowerCase().endsWith(extension))
  return {
    text: tokens.join(','),
    names,
    admits: (name, contentType) => names(name, contentType) || families.some((family) => contentType.startsWith(family)),
  }
}
