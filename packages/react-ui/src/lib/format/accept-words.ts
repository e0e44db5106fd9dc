import type { Accept } from '@cosdrop/core'
import { toInputAccept } from '@cosdrop/core/dom'
import type { Messages } from '../messages/messages.ts'
import type { Format } from './format.ts'

function entriesOf(accept: Accept): readonly string[] {
  if (typeof accept === 'string') return accept.match(/[^\s,]+/g) ?? []
  // An extension beside its type says the same thing twice: the type alone is named, unless it is only a stand-in for its extensions.
  return Object.entries(accept).flatMap(([type, extensions]) => (type.startsWith('application/') && extensions.length > 0 ? extensions : [type]))
}

/** `Images and PDF`; `null` when everything is accepted. */
export function acceptWords(accept: Accept | undefined, messages: Messages, format: Format): string | null {
  if (accept === undefined || toInputAccept(accept) === undefined) return null
  const kinds: { readonly [kind: string]: string | undefined } = messages.kinds
  const words = entriesOf(accept).map((entry) => {
    // By the extension, where a type has one that is known, or without what no person says: nobody reads VND.OPENXMLFORMATS.
    const [kind = '', subtype = kind] = toInputAccept(entry)?.replace(/.*,/, '').split('/') ?? []
    return /^(\*|plain)$/.test(subtype)
      ? (kinds[kind] ?? kind.toUpperCase())
      : subtype.replace(/^(\.|(x-|vnd\.)?(ms-?|oasis\.)?)|\+.*/g, '').toUpperCase()
  })
  return format.list([...new Set(words)])
}
