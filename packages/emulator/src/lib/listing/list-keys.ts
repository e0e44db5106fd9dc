import { compareUtf8 } from '../storage/object-index.ts'

export interface ListingQuestion {
  readonly prefix: string
  /** Empty: nothing is grouped. */
  readonly delimiter: string
  /** Items up to and with this one are left out; empty: none. */
  readonly marker: string
  /** Keys and common prefixes together. */
  readonly limit: number
}

export interface Listing<Item> {
  readonly items: readonly Item[]
  readonly commonPrefixes: readonly string[]
  /** The last item of the page when more follow; `null` on the last page. */
  readonly last: Item | { readonly commonPrefix: string } | null
}

/** The part of a key that groups it: from its beginning to the first delimiter after the prefix. `null` when it stands for itself. */
export function commonPrefixOf(key: string, { prefix, delimiter }: Pick<ListingQuestion, 'prefix' | 'delimiter'>): string | null {
  if (delimiter === '') return null
  const at = key.indexOf(delimiter, prefix.length)
  return at < 0 ? null : key.slice(0, at + delimiter.length)
}

/**
 * One page of a listing. https://cloud.tencent.com/document/product/436/7734
 * @param entries in the order of the listing @param isAfterMarker whether an entry of the marker's own key comes after it
 */
export function listPage<Item extends { readonly key: string }>(
  entries: Iterable<Item>,
  question: ListingQuestion,
  isAfterMarker: (entry: Item) => boolean = () => false,
): Listing<Item> {
  const items: Item[] = []
  const commonPrefixes: string[] = []
  let last: Listing<Item>['last'] = null
  for (const entry of entries) {
    // Without a marker nothing is encoded: for each key of a large bucket that would take longer than all the rest.
    const order = question.marker === '' ? 1 : compareUtf8(entry.key, question.marker)
    if (!entry.key.startsWith(question.prefix) || order < 0 || (order === 0 && !isAfterMarker(entry))) continue
    const commonPrefix = commonPrefixOf(entry.key, question)
    // A page may end with a common prefix, which is then the next page's marker: its keys come after it, and must not bring it back.
    if (commonPrefix === commonPrefixes.at(-1) || commonPrefix === question.marker) continue
    if (items.length + commonPrefixes.length >= question.limit) return { items, commonPrefixes, last }
    if (commonPrefix === null) {
      items.push(entry)
      last = entry
    } else {
      commonPrefixes.push(commonPrefix)
      last = { commonPrefix }
    }
  }
  return { items, commonPrefixes, last: null }
}
