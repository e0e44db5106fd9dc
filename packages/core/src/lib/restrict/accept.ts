import { extensionTypes } from './extension-types.ts'
import type { Accept } from './restrictions.ts'

/** The parts of an `accept`, lower case: `.pdf`, `image/png`, `image/*`. An extension without its dot gets one. Empty: everything. */
export function parseAccept(accept: Accept = ''): string[] {
  const text = typeof accept === 'string' ? accept : Object.entries(accept).join()
  // Not the star of `*.pdf`, as systems write it.
  const tokens = (text.toLowerCase().match(/(?!\*\.)[^\s,]+/g) ?? []).map((part) => (/^\.|\//.test(part) ? part : `.${part}`))
  return tokens.includes('*/*') || tokens.includes('.*') ? [] : tokens
}

/** Whether `image/*` or `image/png` takes a type; `text/plain;charset=utf-8` is `text/plain`. */
export function takesType(token: string, type: string): boolean {
  return `${type};`.startsWith(token.endsWith('*') ? token.slice(0, -1) : `${token};`)
}

/** A token and the extensions of the files that it takes under whatever type the system has for them. */
function withExtensions(token: string): string[] {
  return [token, ...Object.entries(extensionTypes).flatMap(([extension, type]) => (takesType(token, type) ? `.${extension}` : []))]
}

/**
 * Tells whether a file is of an accepted kind: by extension, by MIME type, by `type/*`. Where the system's type is empty or odd, the extension's
 * usual type counts as well, so `text/csv` takes a .csv that Windows calls `application/vnd.ms-excel`.
 */
export function createAcceptTest(accept: Accept | undefined): (name: string, type: string) => boolean {
  const tokens = parseAccept(accept).flatMap(withExtensions)
  return (name, type) =>
    !tokens.length || tokens.some((token) => (token.startsWith('.') ? name.toLowerCase().endsWith(token) : takesType(token, type)))
}

/**
 * For the `accept` attribute of a file input; `undefined` when everything is accepted. A type that systems often do not know brings its
 * extension along, or file dialogs would grey those files out.
 */
export function toInputAccept(accept: Accept | undefined): string | undefined {
  const tokens = parseAccept(accept).flatMap((token) => (token.endsWith('*') ? token : withExtensions(token)))
  return [...new Set(tokens)].join() || undefined
}
