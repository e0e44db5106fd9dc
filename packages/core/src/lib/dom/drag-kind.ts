import type { Restrictions } from '../restrict/restrictions.ts'
import type { DragVerdict } from './drag-verdict.ts'

/** What can be told of dragged files before the drop. */
export interface DragKind {
  /** How many files and folders; `null` where the browser does not say before the drop (WebKit). */
  readonly count: number | null
  /** Loaded with the first drag; `unknown` when that fails. */
  readonly verdict: Promise<DragVerdict>
}

/** Reads a DataTransfer that has files during `dragenter`, when it shows only kinds and types. Call it inside the event handler. */
export function dragKind({ items }: DataTransfer, restrictions: Restrictions = {}): DragKind {
  const types = [...(items ?? [])].flatMap(({ kind, type }) => (kind === 'file' ? type : []))
  return {
    count: types.length || null,
    verdict: import('./drag-verdict.ts').then(
      ({ dragVerdict }) => dragVerdict(types, restrictions),
      () => 'unknown',
    ),
  }
}
