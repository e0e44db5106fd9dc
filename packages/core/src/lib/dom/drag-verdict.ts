import { takesType, toInputAccept } from '../restrict/accept.ts'
import type { Restrictions } from '../restrict/restrictions.ts'

/**
 * `accept`: all will be taken, as far as their types go. `reject`: at least one will not. `unknown`: names and sizes are hidden until the
 * drop, so a rule by extension, a folder or a type that the system does not know leaves it open.
 */
export type DragVerdict = 'accept' | 'reject' | 'unknown'

/** @param types the dragged files' MIME types as the system knows them; a folder's is empty as well */
export function dragVerdict(types: readonly string[], { accept, maxFiles = Infinity }: Restrictions): DragVerdict {
  const tokens = toInputAccept(accept)?.split(',') ?? []
  // An extension may take a file whatever its type, and so may a type whose files systems name oddly: that brings its extension along.
  const typesDecide = !tokens.some((token) => token.startsWith('.'))
  // What systems call files that they do not know, CSV once Excel is there, or Ogg in Firefox: `text/*`, `image/*` and `audio/*` may take those by
  // extension after the drop.
  const odd = /^application\/(octet-stream|ogg|vnd\.ms-excel)$/
  const verdicts = types.map((type): DragVerdict => {
    if (tokens.length === 0) return 'accept'
    if (type === '') return 'unknown'
    return tokens.some((token) => takesType(token, type)) ? 'accept' : typesDecide && !odd.test(type) ? 'reject' : 'unknown'
  })
  if (verdicts.includes('reject') || types.filter(Boolean).length > maxFiles) return 'reject'
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'accept'
}
