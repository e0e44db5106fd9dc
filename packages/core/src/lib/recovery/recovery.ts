import { createStore, delMany, entries, getMany, setMany, type UseStore } from 'idb-keyval'
import { untilAborted } from '../abort.ts'
import { answered } from './answered.ts'
import type { UploadResult } from '../upload-result.ts'

/** What is kept of one item. Never a policy or a signature: those are made anew. */
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
  /** `prepare` has made this file. */
  readonly prepared: boolean
  /** What was noted of it; missing where nothing was. Not to be saved. */
  readonly sent?: SentNote | undefined
}

/** Of an unfinished item that was sent, so that storage may have it. Not a field of its form but the key is kept. */
export interface SentNote {
  /** URL of the bucket; empty where it is not known. */
  readonly action: string
  /** Empty where it is not known. */
  readonly key: string
  /** For the confirm port. */
  readonly receipt: string | null
  /** What storage's reply said, where the app's server is to confirm it. */
  readonly result: UploadResult | null
  /** Why a person is to decide whether it is sent again: it failed, or its page was left and nobody can be asked; `null` elsewhere. */
  readonly problem: string | null
  /** It failed, and it is not to be asked about: there was nobody, or he has answered, or it is surely not stored. Who wants it sends it again. */
  readonly answered?: boolean
  /** It is to be sent again under that key: it failed, or nobody could be asked, and as far as the browser had told not all of it was out. */
  readonly begun?: boolean
  /** It has succeeded with that result; what is saved of the item may not say so yet. */
  readonly stored?: boolean
  /** It was canceled or taken out; what is saved of it may still be there. */
  readonly gone?: boolean
}

/** Keeps items over a reload. Any storage will do. */
export interface RecoveryStore {
  /** Adds or replaces. Rejects when the browser has no room (`QuotaExceededError`): it copies the bytes of the files. */
  save(items: readonly RecoveredItem[]): Promise<void>
  /** The items that no living page holds, in order. They belong to this store from then on. */
  load(): Promise<readonly RecoveredItem[]>
  /**
   * Adds to items what the next `load` is to tell of them, or replaces that. Apart from `save`, which would copy the file again, and not to wait for
   * a `save` that is under way: copying a large file takes seconds. An uploader waits for one call before it makes the next, with all that came meanwhile.
   */
  note(notes: ReadonlyMap<string, SentNote>): Promise<void>
  /** With what was noted of them; not what another has loaded meanwhile. */
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

interface StoredNote {
  /** Whose the item has become since it was saved. To change that in the record would copy its file, for which there may be no room. */
  readonly owner: string
  readonly sent: SentNote | undefined
}

/** Milliseconds for a page that nobody sees to go. */
const patience = 500

/** One connection for all who come and go: idb-keyval closes none. */
const stores = new Map<string, UseStore>()
function openStore(database: string, table: string): UseStore {
  const store = stores.get(database) ?? yielding(createStore(database, table))
  stores.set(database, store)
  return store
}

/**
 * Lets go of its connection when the app deletes the database, as many do when a user signs out: that would wait for the page to go, and everything
 * that is to be written or read after it, in every tab, would wait with it.
 */
function yielding(store: UseStore): UseStore {
  return (mode, act) => {
    try {
      return store(mode, (table) => {
        const { transaction } = table
        transaction.db.onversionchange = letGo
        const acted = act(table)
        // Not asked for, the browser commits when the page has heard of each write: of a page that goes before that it keeps nothing.
        if (mode === 'readwrite') transaction.commit()
        return acted
      })
    } catch (cause) {
      if (!(cause instanceof ReferenceError)) throw cause
      throw new Error('There is no IndexedDB here: give `recovery` a store of your own, or leave it out.', { cause })
    }
  }
}

/** Out of sight of `act`: the connection lives as long as the page, and would hold what was written last, files and all. */
function letGo(this: IDBDatabase): void {
  this.close()
  // What idb-keyval hears of a connection that the browser closes, and opens another after.
  this.dispatchEvent(new Event('close'))
}

/**
 * Keeps items in IndexedDB. Two tabs never restore the same item: each holds a lock (Web Locks) as long as it lives, and only items whose
 * owner's lock is free are loaded. Where there are no locks (insecure pages), every stored item is loaded.
 */
export function createRecoveryStore({ name = 'default' }: RecoveryStoreOptions = {}): RecoveryStore {
  const store = openStore(`cosdrop-${name}`, 'items')
  // A database of their own: in one, a write waits for the copying of every file that was put before.
  const notes = openStore(`cosdrop/notes/${name}`, 'notes')
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
    const hold = (): void =>
      void locks
        .request(lockName(owner), () => {
          resolve()
          return held
        })
        .catch(() => resolve())
    hold()
    // WebKit takes the locks of a page that it puts into its back/forward cache.
    const again = ({ persisted }: PageTransitionEvent): void => void (persisted && hold())
    globalThis.addEventListener?.('pageshow', again)
    void held.then(() => globalThis.removeEventListener?.('pageshow', again))
  })

  const living = async (): Promise<ReadonlySet<string | undefined>> => new Set((await locks?.query())?.held?.map((lock) => lock.name))
  const claim = async (signal: AbortSignal): Promise<readonly RecoveredItem[]> => {
    const rows = await Promise.all([store, notes].map((table) => entries<string, { readonly owner: string }>(table)))
    const owners = new Set(rows.flat().map(([, { owner: of }]) => of))
    owners.delete(owner)
    // Chromium throws a page out of its back/forward cache, lock and all, when another one waits for that lock. A living page keeps it.
    const gone = new Set<string>()
    const meet = (of: string) => locks?.request(lockName(of), { signal: AbortSignal.timeout(patience) }, () => void gone.add(of)).catch(() => {})
    await Promise.all(Array.from(owners, meet))
    // Not what was there before: who goes meanwhile has written until then.
    const records = await entries<string, StoredRecord>(store)
    const noted = new Map(await entries<string, StoredNote>(notes))
    // After that: whoever has written has its lock before it writes.
    const alive = await living()
    const isFree = (of: string): boolean => of !== owner && !alive.has(lockName(of))
    // Of both: what was let go of and kept again has its last owner in its note until there is a new one.
    const free = records.flatMap(([id, { owner: of, item }]) => (isFree(of) && isFree(noted.get(id)?.owner ?? of) ? item : []))
    const kept = new Set(records.map(([id]) => id))
    const orphans = Array.from(noted).flatMap(([id, { owner: of }]) => (gone.has(of) && !kept.has(id) ? id : []))
    const claimed = free.map((item) => ({ ...item, sent: noted.get(item.id)?.sent }))
    // Claimed by a page that has given up, they would be nobody's until it goes.
    signal.throwIfAborted()
    // Who went as it took an item out may have left its note.
    if (orphans.length > 0) await delMany(orphans, notes)
    if (claimed.length > 0)
      await setMany(
        claimed.map(({ id, sent }) => [id, { owner, sent } satisfies StoredNote]),
        notes,
      )
    return claimed.sort((a, b) => a.order - b.order)
  }
  /** Who looks whose an item is and acts on it is not to be overtaken by one who claims it: a write may wait for the copying of a file. */
  const alone = <Value>(act: () => Promise<Value>): Promise<Value> => (locks ? locks.request(lockName('claim'), act) : act())
  return {
    async save(items) {
      await ready
      await setMany(
        items.map((item) => [item.id, { owner, item } satisfies StoredRecord]),
        store,
      )
    },
    async load() {
      await ready
      // Who gives up lets go of the lock, too: what is removed waits for it, in every tab.
      return answered((signal) => alone(() => untilAborted(signal, claim(signal))))
    },
    async note(all) {
      await ready
      await setMany(
        Array.from(all, ([id, sent]) => [id, { owner, sent } satisfies StoredNote]),
        notes,
      )
    },
    remove: (ids) =>
      alone(async () => {
        const all = [...ids]
        const records = await getMany<StoredRecord | undefined>(all, store)
        const noted = await getMany<StoredNote | undefined>(all, notes)
        // Let go of, it may be another page's by now, also where that is just being reloaded.
        const free = all.filter((_, at) => (noted[at] ?? records[at])?.owner === owner)
        await delMany(free, store)
        // The note last: without it what is still there would be sent again.
        await delMany(free, notes)
      }),
    close: () => release(),
  }
}
