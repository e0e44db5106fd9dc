import { extensionType, typeExtension } from './extension-type.ts'
import type { Accept } from './restrictions.ts'

/** The parts of an `accept`, lower case: `.pdf`, `image/png`, `image/*`. An extension without its dot gets one. Empty: everything. */
export function parseAccept(accept: Accept | undefined): readonly string[] {
  if (accept === undefined) return []
  const parts = typeof accept === 'string' ? accept.split(',') : Object.entries(accept).flat(2)
  const tokens = parts
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean)
    .map((part) => (/^\.|\/|^\*$/.test(part) ? part : `.${part}`))
  return tokens.some((token) => token === '*' || token === '*/*' || token === '.*') ? [] : [...new Set(tokens)]
}

/**
 * Whether a file is of an accepted kind: by extension, by MIME type, by `type/*`. Where the system's type is empty or odd, the extension's
 * usual type counts as well, so `text/csv` takes a .csv that Windows calls `application/vnd.ms-excel`.
 */
export function isAccepted(file: { readonly name: string; readonly type: string }, accept: Accept | undefined): boolean {
  const tokens = parseAccept(accept)
  if (tokens.length === 0) return true
  const name = file.name.toLowerCase()
  const types = [mimeType(file.type), extensionType(name)]
  return tokens.some((token) => (token.startsWith('.') ? name.endsWith(token) : types.some((type) => type !== null && matchesType(token, type))))
}

/** Whether `image/*` or `image/png` takes a type. */
export function matchesType(token: string, type: string): boolean {
  return token.endsWith('/*') ? type.startsWith(token.slice(0, -1)) : type === token
}

/** `text/plain;charset=utf-8` is `text/plain`; the empty type is none. */
export function mimeType(type: string): string | null {
  return type.replace(/;.*/s, '').trim().toLowerCase() || null
}

/**
 * For the `accept` attribute of a file input; `undefined` when everything is accepted. A type that systems often do not know brings its
 * extension along, or file dialogs would grey those files out.
 */
export function toInputAccept(accept: Accept | undefined): string | undefined {
  const tokens = parseAccept(accept).flatMap((token) => [token, typeExtension(token) ?? []].flat())
  return tokens.length > 0 ? [...new Set(tokens)].join(',') : undefined
}
