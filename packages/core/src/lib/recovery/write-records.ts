import type { RecoveredItem, RecoveryStore } from './recovery.ts'

/**
 * One by one where they do not go together: a file that there is no room for takes no other with it.
 * @returns what went wrong, once for all: it is told without a file
 */
export async function writeRecords(kept: RecoveryStore, records: readonly RecoveredItem[]): Promise<unknown> {
  try {
    await kept.save(records)
    return undefined
  } catch (cause) {
    // IndexedDB by way of idb-keyval gives no reason where a single request fails: WebKit's private windows refuse all files that way.
    const error: unknown = cause ?? new Error('The browser refuses to keep files, and does not say why.')
    const [record, ...others] = records
    if (others.length === 0) {
      // Rather forgotten than sent again.
      if (record?.result) await kept.remove([record.id])
      return error
    }
    let problem: unknown
    for (const each of records) problem = (await writeRecords(kept, [each])) ?? problem
    return problem
  }
}
