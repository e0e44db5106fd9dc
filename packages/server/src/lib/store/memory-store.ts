import type { StorePort } from './store-port.ts'

interface Entry {
  readonly value: string
  readonly endsAt: number
}

/** Entries beyond which those whose time is over are looked for and dropped. */
const SWEEP_EVERY = 1000

/** A store in this process alone: forgotten at a restart, not shared with other servers. @param now milliseconds since 1970. @default Date.now */
export function memoryStore({ now = () => Date.now() }: { readonly now?: () => number } = {}): StorePort {
  const entries = new Map<string, Entry>()
  let writes = 0

  function live(key: string): Entry | undefined {
    const entry = entries.get(key)
    return entry !== undefined && entry.endsAt > now() ? entry : undefined
  }

  function write(key: string, entry: Entry): void {
    entries.set(key, entry)
    writes += 1
    if (writes % SWEEP_EVERY !== 0) return
    for (const [old, { endsAt }] of entries) if (endsAt <= now()) entries.delete(old)
  }

  return {
    async read(key) {
      return live(key)?.value ?? null
    },
    async swap(key, expected, next, ttlSeconds) {
      if ((live(key)?.value ?? null) !== expected) return false
      if (next === null) entries.delete(key)
      else write(key, { value: next, endsAt: now() + ttlSeconds * 1000 })
      return true
    },
    async add(key, amount, ttlSeconds) {
      const present = live(key)
      const sum = Number(present?.value ?? 0) + amount
      write(key, { value: String(sum), endsAt: present?.endsAt ?? now() + ttlSeconds * 1000 })
      return sum
    },
  }
}
