import type { LifeStorage, Sending } from './life-storage.ts'

/** Who was told of which upload that it may be stored. */
export interface LifeDoubts {
  /** Somebody was told of all that was sent of this file. */
  readonly tell: (name: string) => void
  /** It may be sent again: with nobody to ask people wanted it, or the page went before it could be noted. */
  readonly excuse: (of: (sending: Sending) => boolean) => void
  /** The server has said that nothing is there: what may still come there may be sent under the same key again. */
  readonly absent: (key: string) => void
  /** What is wrong with sending this now. */
  readonly complainOf: (sending: Sending) => readonly string[]
}

/** @param confirms a server can be asked, and always answers */
export function createLifeDoubts(storage: LifeStorage, confirms: boolean): LifeDoubts {
  const told = new Set<Sending>()
  const excused = new Set<Sending>()
  const absent = new Set<string>()

  const mayBeSentAgain = (earlier: Sending, { key }: Sending): boolean => {
    if (excused.has(earlier) || earlier.refused || (earlier.outAt === null && !earlier.stored)) return true
    // Nobody could know that it was out.
    if (earlier.toldAt === null && earlier.key === key) return true
    if (absent.has(earlier.key)) return earlier.key === key || told.has(earlier)
    return told.has(earlier) && !(confirms && earlier.stored)
  }
  return {
    tell(name) {
      for (const each of storage.sent) if (each.name === name) told.add(each)
    },
    excuse(of) {
      for (const each of storage.sent) if (of(each)) excused.add(each)
    },
    absent: (key) => void absent.add(key),
    complainOf(sending) {
      const { name, key, page } = sending
      return storage.sent.flatMap((earlier) => {
        if (earlier.name !== name) return []
        if (!earlier.over && earlier.page === page) return `${name} is sent twice at once`
        return mayBeSentAgain(earlier, sending) ? [] : `${name} is sent again as ${key}, may be stored as ${earlier.key}, and nobody was told`
      })
    },
  }
}
