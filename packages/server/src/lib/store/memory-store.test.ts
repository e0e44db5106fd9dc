import { describe, expect, it } from 'vitest'
import { describeStore } from '../testing/store-contract.ts'
import { memoryStore } from './memory-store.ts'

describe('a store in memory', () => {
  describeStore(async () => {
    let time = 1_000_000
    return {
      store: memoryStore({ now: () => time }),
      passSeconds: async (seconds) => {
        time += seconds * 1000
      },
    }
  })

  it('loses nothing of what is not over when it looks for what is', async () => {
    const store = memoryStore({ now: () => 0 })
    await store.swap('kept', null, 'a', 60)
    for (let at = 0; at < 2000; at++) await store.add(`key ${at}`, 1, 60)
    expect(await store.read('kept')).toBe('a')
  })

  it('does not grow with what is over', async () => {
    let time = 0
    const store = memoryStore({ now: () => time })
    for (let at = 0; at < 5000; at++) {
      time += 1000
      await store.add(`key ${at}`, 1, 10)
    }
    time -= 4990 * 1000
    const remembered = await Promise.all(Array.from({ length: 3000 }, (_, at) => store.read(`key ${at}`)))
    expect(remembered.filter((value) => value !== null)).toEqual([])
  })
})
