import { describe, expect, it, vi } from 'vitest'
import { createAnnouncerStore } from './announcer-store.ts'

const texts = (store: ReturnType<typeof createAnnouncerStore>) => store.get().map(({ text }) => text)

describe('announcements', () => {
  it('of one task become one, and the same sentence is said once', async () => {
    const store = createAnnouncerStore()
    const listener = vi.fn<() => void>()
    store.subscribe(listener)
    store.say('1 file stored.')
    store.say('1 file stored.')
    store.say('Copied.')
    await Promise.resolve()
    expect(texts(store)).toEqual(['1 file stored. Copied.'])
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('of later tasks are new ones, even with the same words', async () => {
    const store = createAnnouncerStore()
    for (const text of ['a', 'a', 'b', 'c']) {
      store.say(text)
      await Promise.resolve()
    }
    expect(texts(store)).toEqual(['a', 'b', 'c'])
    expect(new Set(store.get().map(({ id }) => id)).size).toBe(3)
  })
})
