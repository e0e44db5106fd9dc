// A store of your own in 40 lines: SQLite through `node:sqlite` (Node 22.13 or newer), for several processes on one machine.
//   const store = sqliteStore('uploads.sqlite')
//   createPolicyHandler({ …, store }); createConfirmHandler({ …, store })
import type { StorePort } from '@cosdrop/server'
import { DatabaseSync } from 'node:sqlite'

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS cosdrop (key TEXT PRIMARY KEY, value TEXT NOT NULL, ends_at REAL NOT NULL) WITHOUT ROWID`

/** @param path of the database file; `:memory:` for tests */
export function sqliteStore(path: string, { now = () => Date.now() }: { readonly now?: () => number } = {}): StorePort & { close(): void } {
  const database = new DatabaseSync(path)
  database.exec(SCHEMA)
  const select = database.prepare('SELECT value FROM cosdrop WHERE key = ? AND ends_at > ?')
  // Each of these is one statement, and so one step that no other process can come between.
  const insert = database.prepare(
    'INSERT INTO cosdrop VALUES (:key, :value, :end) ON CONFLICT (key) DO UPDATE SET value = :value, ends_at = :end WHERE ends_at <= :now',
  )
  const update = database.prepare('UPDATE cosdrop SET value = :value, ends_at = :end WHERE key = :key AND value = :expected AND ends_at > :now')
  const remove = database.prepare('DELETE FROM cosdrop WHERE key = ? AND value = ? AND ends_at > ?')
  const count = database.prepare(`
    INSERT INTO cosdrop VALUES (:key, :amount, :end) ON CONFLICT (key) DO UPDATE SET
      value = CASE WHEN ends_at > :now THEN value + :amount ELSE :amount END,
      ends_at = CASE WHEN ends_at > :now THEN ends_at ELSE :end END
    RETURNING value`)
  const sweep = database.prepare('DELETE FROM cosdrop WHERE ends_at <= ?')

  return {
    async read(key) {
      const row = select.get(key, now())
      return row === undefined ? null : String(row['value'])
    },
    async swap(key, expected, next, ttlSeconds) {
      const time = now()
      if (next === null) return expected !== null && remove.run(key, expected, time).changes === 1
      const values = { key, value: next, end: time + ttlSeconds * 1000, now: time }
      return (expected === null ? insert.run(values) : update.run({ ...values, expected })).changes === 1
    },
    async add(key, amount, ttlSeconds) {
      const time = now()
      sweep.run(time)
      return Number(count.get({ key, amount, end: time + ttlSeconds * 1000, now: time })?.['value'])
    },
    close: () => database.close(),
  }
}
