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
})
