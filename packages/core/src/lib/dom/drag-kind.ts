import { matchesType, mimeType, parseAccept } from '../restrict/accept.ts'
import { typeExtension } from '../restrict/extension-type.ts'
import type { Restrictions } from '../restrict/restrictions.ts'

/** What can be told of dragged files before the drop. */
export interface DragKind {
  /** How many files and folders; `null` where the browser does not say before the drop (WebKit). */
  readonly count: number | null
  /**
   * `accept`: all will be taken, as far as their types go. `reject`: at least one will not. `unknown`: names and sizes are hidden until the
   * drop, so a rule by extension, a folder or a type that the system does not know leaves it open.
   */
  readonly verdict: 'accept' | 'reject' | 'unknown'
}

/** Reads a DataTransfer during `dragenter` and `dragover`, when it shows only kinds and types. `null`: no files, but text or a link. */
export function dragKind(transfer: DataTransfer | null, { accept, maxFiles = Infinity }: Restrictions = {}): DragKind | null {
  if (!transfer?.types.includes('Files')) return null
  const types = [...(transfer.items ?? [])].filter((item) => item.kind === 'file').map((item) => mimeType(item.type))
  if (types.length === 0) return { count: null, verdict: 'unknown' }

  const tokens = parseAccept(accept)
  const mimeTokens = tokens.filter((token) => !token.startsWith('.'))
  // An extension may take a file whatever its type, and so may a type whose files systems name oddly.
  const typesDecide = mimeTokens.length === tokens.length && mimeTokens.every((token) => typeExtension(token) === null)
  const verdictOf = (type: string | null): DragKind['verdict'] => {
    if (tokens.length === 0) return 'accept'
    // A folder has no type either.
    if (type === null) return 'unknown'
    return mimeTokens.some((token) => matchesType(token, type)) ? 'accept' : typesDecide ? 'reject' : 'unknown'
  }
  const verdicts = new Set(types.map(verdictOf))
  if (types.filter((type) => type !== null).length > maxFiles) verdicts.add('reject')
  return { count: types.length, verdict: verdicts.has('reject') ? 'reject' : verdicts.has('unknown') ? 'unknown' : 'accept' }
}
