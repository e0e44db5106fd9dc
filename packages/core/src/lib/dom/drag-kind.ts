import { matchesType, mimeType, parseAccept } from '../restrict/accept.ts'
import { typeExtension } from '../restrict/extension-type.ts'
import type { Accept } from '../restrict/restrictions.ts'

/** What can be told of a drag before the drop. */
export interface DragKind {
  /** Files, not text or a link. */
  readonly files: boolean
  /** How many files and folders; `null` where the browser does not say before the drop (WebKit). */
  readonly count: number | null
  /**
   * `accept`: all will be taken, as far as their types go. `reject`: at least one will not. `unknown`: names and sizes are hidden until the
   * drop, so a rule by extension, a folder or a type that the system does not know leaves it open.
   */
  readonly verdict: 'accept' | 'reject' | 'unknown'
}

/** Reads a DataTransfer during `dragenter` and `dragover`, when it shows only kinds and types. */
export function dragKind(transfer: DataTransfer | null, accept?: Accept): DragKind {
  const files = transfer?.types.includes('Files') ?? false
  const types = [...(transfer?.items ?? [])].filter((item) => item.kind === 'file').map((item) => mimeType(item.type))
  if (!files || types.length === 0) return { files, count: files ? null : 0, verdict: files ? 'unknown' : 'reject' }

  const tokens = parseAccept(accept)
  const byType = tokens.every((token) => !token.startsWith('.') && typeExtension(token) === null)
  const verdicts = types.map((type): DragKind['verdict'] => {
    if (tokens.length === 0) return 'accept'
    if (type === null) return 'unknown'
    if (tokens.some((token) => !token.startsWith('.') && matchesType(token, type))) return 'accept'
    return byType ? 'reject' : 'unknown'
  })
  const verdict = verdicts.includes('reject') ? 'reject' : verdicts.includes('unknown') ? 'unknown' : 'accept'
  return { files, count: types.length, verdict }
}
