/**
 * What of a browser outlives a page: IndexedDB, as far as idb-keyval shows it (`vi.mock('idb-keyval', () => import('./testing/fake-browser.ts'))`),
 * and Web Locks. Pages come and go; of what a dead one has asked for only what it has committed still happens, unless files are to be copied for it.
 */
export interface FakeBrowser {
  /** No room for files. */
  full: boolean
  /** Files are copied until `copied`. */
  slow: boolean
  readonly copied: () => void
  readonly copying: () => number
  readonly open: () => FakePage
}

export interface FakePage {
  /** Of its recovery store: the same in all pages, but for which page it is. */
  readonly name: string
  readonly locks: { readonly request: (name: string, ...rest: readonly unknown[]) => Promise<unknown>; readonly query: () => Promise<unknown> }
  readonly die: () => void
}

interface Lock {
  readonly page: string
  readonly over: Promise<void>
  readonly end: () => void
}
interface Table {
  readonly rows: Map<string, unknown>
  /** One transaction after the other. */
  last: Promise<unknown>
}
interface Store {
  /** Does the work when it is its turn, as long as the page lives. */
  readonly transact: <Value>(files: boolean, work: (rows: Table['rows']) => Value, committed: () => boolean) => Promise<Value>
}

const openers = new Map<string, (database: string) => Store>()
const never = new Promise<never>(() => {})
let browsers = 0

export function createFakeBrowser(): FakeBrowser {
  const name = `browser${(browsers += 1)}`
  const tables = new Map<string, Table>()
  const held = new Map<string, Lock>()
  const copies: (() => void)[] = []
  let pages = 0
  const browser: FakeBrowser = {
    full: false,
    slow: false,
    copied: () => copies.splice(0).forEach((resolve) => resolve()),
    copying: () => copies.length,
    open() {
      const page = `${name}#${(pages += 1)}`
      const shared = (of: string): string => of.replace(page, name)
      let alive = true
      let tellDeath = (): void => {}
      const death = new Promise<void>((resolve) => {
        tellDeath = resolve
      })

      openers.set(page, (database) => {
        const table = tables.get(shared(database)) ?? { rows: new Map(), last: Promise.resolve() }
        tables.set(shared(database), table)
        return {
          transact(files, work, committed) {
            const outlives = (): boolean => !files && committed()
            const done = table.last.then(async () => {
              if (files && browser.slow && alive) await new Promise<void>((resolve) => copies.push(resolve))
              if (!alive && !outlives()) return never
              if (files && browser.full) throw new DOMException('full', 'QuotaExceededError')
              return work(table.rows)
            })
            const over: Promise<unknown> = done.catch(() => {})
            table.last = Promise.race([over, death.then(() => (outlives() ? over : undefined))])
            return done.then((value) => (alive ? value : never))
          },
        }
      })
      return {
        name: page,
        locks: {
          async request(lock, ...rest) {
            const id = shared(lock)
            const work = rest.at(-1)
            // There is no back/forward cache here: who waits for a living page's lock only for a while does not get it.
            if (rest.length > 1 && held.has(id)) throw new DOMException('over', 'TimeoutError')
            for (let other = held.get(id); other; other = held.get(id)) await other.over
            if (!alive || typeof work !== 'function') return never
            let tellEnd = (): void => {}
            const over = new Promise<void>((resolve) => {
              tellEnd = resolve
            })
            const own: Lock = {
              page,
              over,
              end() {
                if (held.get(id) === own) held.delete(id)
                tellEnd()
              },
            }
            held.set(id, own)
            return Promise.resolve(work()).finally(own.end)
          },
          query: async () => ({ held: Array.from(held.keys(), (id) => ({ name: id.replace(name, page) })) }),
        },
        die() {
          alive = false
          tellDeath()
          for (const lock of held.values()) if (lock.page === page) lock.end()
          browser.copied()
        },
      }
    },
  }
  return browser
}

/** As idb-keyval's: it is asked for its table anew each time. */
type UseStore = <Value>(mode: string, act: (table: OpenTable) => Value) => Value
interface OpenTable {
  readonly transact: <Value>(files: boolean, work: (rows: Table['rows']) => Value) => Promise<Value>
  readonly transaction: { readonly db: object; readonly commit: () => void }
}

export function createStore(database: string): UseStore {
  const [page = ''] = /browser\d+#\d+/.exec(database) ?? []
  const open = openers.get(page)
  if (!open) throw new Error(`No page opens ${database}.`)
  const opened = open(database)
  return (_mode, act) => {
    let committed = false
    return act({
      transact: (files, work) => opened.transact(files, work, () => committed),
      transaction: { db: {}, commit: () => void (committed = true) },
    })
  }
}

export const entries = (store: UseStore): Promise<unknown> => store('readonly', ({ transact }) => transact(false, (rows) => [...rows]))
export const getMany = (ids: readonly string[], store: UseStore): Promise<unknown> =>
  store('readonly', ({ transact }) => transact(false, (rows) => ids.map((id) => rows.get(id))))
export const delMany = (ids: readonly string[], store: UseStore): Promise<void> =>
  store('readwrite', ({ transact }) => transact(false, (rows) => ids.forEach((id) => rows.delete(id))))
export const setMany = (all: readonly [string, { readonly item?: { readonly file: unknown } }][], store: UseStore): Promise<void> =>
  store('readwrite', ({ transact }) =>
    transact(
      all.some(([, { item }]) => item?.file),
      (rows) => all.forEach(([id, value]) => rows.set(id, value)),
    ),
  )
