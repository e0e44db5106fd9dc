import type { Accept } from '@cosdrop/core'
import type { Messages } from '../messages/messages.ts'
import type { Format } from './format.ts'

function entriesOf(accept: Accept): readonly string[] {
  if (typeof accept === 'string') return accept.toLowerCase().match(/[^\s,]+/g) ?? []
  // An extension beside its type says the same thing twice: the type alone is named, unless it is only a stand-in for its extensions.
  return Object.entries(accept).flatMap(([type, extensions]) => (type.startsWith('application/') && extensions.length > 0 ? extensions : [type]))
}

/** `Images and PDF`; `null` when everything is accepted. */
export function acceptWords(accept: Accept | undefined, messages: Messages, format: Format): string | null {
  if (accept === undefined) return null
  const kinds: { readonly [kind: string]: string | undefined } = messages.kinds
  const words = entriesOf(accept).map((entry) => {
    const [kind = '', subtype = kind] = entry.split('/')
    return subtype === '*' ? (kinds[kind] ?? kind.toUpperCase()) : subtype.replace(/^\./, '').toUpperCase()
  })
  return words.length === 0 || words.includes('*') ? null : format.list([...new Set(words)])
}
