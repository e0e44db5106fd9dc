import { createStore, delMany, entries, setMany } from 'idb-keyval'
import type { UploadResult } from '../upload-result.ts'

/** What is kept of one item. Never a policy, a signature or a field of a form: those are signed again. */
export interface RecoveredItem {
  readonly id: string
  /** The bytes of an unfinished item; `null` of a finished one, which needs them no more. */
  readonly file: Blob | null
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly type: string
  readonly relativePath: string | null
  readonly priority: number
  /** Its place among the others. */
  readonly order: number
  /** Of a finished item; an unfinished one has `null` and is to be queued again. */
  readonly result: UploadResult | null
}

/** Keeps items over a reload. Any storage will do. */
export interface RecoveryStore {
  /** Adds or replaces. Rejects when the browser has no room (`QuotaExceededError`): it copies the bytes of the files. */
  save(items: readonly RecoveredItem[]): Promise<void>
  /** The items that no living page holds, in order. They belong to this store from then on. */
  load(): Promise<readonly RecoveredItem[]>
  remove(ids: readonly string[]): Promise<void>
  /** Lets go of its items, so that another page may load them, or this one again: it may be used after that. */
  close(): void
}

export interface RecoveryStoreOptions {
  /** Items are kept apart by name: one for each uploader of an app. @default 'default' */
  readonly name?: string
}

interface StoredRecord {
  readonly owner: string
  readonly item: RecoveredItem
}

/**
 * Keeps items in IndexedDB. Two tabs never restore the same item: each holds a lock (Web Locks) as long as it lives, and only items whose
 * owner's lock is free are loaded. Where there are no locks (insecure pages), every stored item is loaded.
 */
export function createRecoveryStore({ name = 'default' }: RecoveryStoreOptions = {}): RecoveryStore {
  const store = createStore(`cosdrop-${name}`, 'items')
  const locks = globalThis.navigator?.locks
  const owner = [...crypto.getRandomValues(new Uint32Array(3))].join('-')
  const lockName = (of: string): string => `cosdrop-${name}-${of}`

  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  // Ready once the lock is ours, or there is nothing to lock with.
  const ready = new Promise<void>((resolve) => {
    if (!locks) return resolve()
    locks
      .request(lockName(owner), () => {
        resolve()
        return held
      })
      .catch(() => resolve())
  })

  const write = (items: readonly RecoveredItem[]): Promise<void> =>
    setMany(
      items.map((item) => [item.id, { owner, item } satisfies StoredRecord]),
      store,
    )
  const claim = async (): Promise<readonly RecoveredItem[]> => {
    const alive = new Set((await locks?.query())?.held?.map((lock) => lock.name))
    const records = await entries<string, StoredRecord>(store)
    const items = records.map(([, record]) => record).filter((record) => record.owner !== owner && !alive.has(lockName(record.owner)))
    const claimed = items.map((record) => record.item).sort((a, b) => a.order - b.order)
    if (claimed.length > 0) await write(claimed)
    return claimed
  }
  return {
    async save(items) {
      await ready
      await write(items)
    },
    async load() {
      await ready
      return locks ? locks.request(lockName('claim'), claim) : claim()
    },
    remove: (ids) => delMany([...ids], store),
    close: () => release(),
  }
}
