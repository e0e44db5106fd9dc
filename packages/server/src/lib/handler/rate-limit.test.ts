import { describe, expect, it } from 'vitest'
import { memoryStore } from '../store/memory-store.ts'
import { photo } from '../testing/ask-handler.ts'
import { ask, demoOptions as base, NOON } from '../testing/demo.ts'
import { createPolicyHandler } from './policy-handler.ts'
import { rateLimit } from './rate-limit.ts'

describe('the rate limit', () => {
  it('counts posts for each user, says when to come back, and forgets', async () => {
    let time = NOON
    const store = memoryStore({ now: () => time })
    const handler = createPolicyHandler({
      ...base,
      now: () => time,
      rateLimit: rateLimit({ posts: 5, perSeconds: 60, store }),
      authorize: (request) => ({ id: request.headers.get('Authorization') ?? '' }),
    })
    const three = (user: string): Promise<Response> => handler(ask({ files: [photo, photo, photo] }, { Authorization: user }))
    expect((await three('ann')).status).toBe(200)
    time += 20_000
    const refused = await three('ann')
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '40'])
    expect((await three('bob')).status).toBe(200)
    time += 40_000
    expect((await three('ann')).status).toBe(200)
  })

  it('lets through just as many as it says, up to the end of its window', async () => {
    let time = NOON
    const limit = rateLimit({ posts: 3, perSeconds: 60, store: memoryStore({ now: () => time }) })
    const asks = (posts: number): Promise<void> => limit(ask({}), { id: 'ann' }, posts, time)
    await asks(3)
    time += 59_000
    await expect(asks(1)).rejects.toMatchObject({ details: { refusal: 'rate-limited', retryAfter: 1 } })
  })

  it('may have a window of no whole seconds, also in a store that counts in those, as Redis does', async () => {
    const lives: number[] = []
    const store = { ...memoryStore(), add: async (_key: string, amount: number, ttlSeconds: number) => (lives.push(ttlSeconds), amount) }
    await rateLimit({ posts: 1, perSeconds: 1.25, store })(ask({}), { id: 'ann' }, 1, NOON)
    expect(lives).toEqual([3])
  })

  it('may be as narrow as one form in a second', async () => {
    const limit = rateLimit({ posts: 1, perSeconds: 1 })
    await limit(ask({}), { id: 'ann' }, 1, NOON)
    await expect(limit(ask({}), { id: 'ann' }, 1, NOON + 999)).rejects.toMatchObject({ details: { retryAfter: 1 } })
    await limit(ask({}), { id: 'ann' }, 1, NOON + 1000)
  })
})
