import { describe, expect, test } from 'vitest'
import { createManualClock } from '../testing/manual-clock.ts'
import { livesLongEnough, readLife, type PolicyLife } from './signed-policy.ts'

async function signed(lifeMs: number, answerTook = 0): Promise<{ policy: PolicyLife; clock: ReturnType<typeof createManualClock> }> {
  const clock = createManualClock(5_000)
  const serverTime = Date.UTC(2031, 4, 5)
  const reply = {
    serverTime: new Date(serverTime).toISOString(),
    posts: [{ url: 'https://x/', fields: null, expiresAt: new Date(serverTime + lifeMs).toISOString() }],
  }
  const requestedAt = clock.now()
  await clock.advance(answerTook)
  return { policy: readLife(reply, requestedAt, clock)[0]!, clock }
}

test('life is counted from the request on the monotonic clock, so a slow answer shortens it', async () => {
  const { policy } = await signed(900_000, 4_000)
  expect(policy.endsAt).toBe(5_000 + 900_000)
  expect(policy.serverNow().toISOString()).toBe('2031-05-05T00:00:04.000Z')
})

describe('enough life', () => {
  test('is five seconds more than sending takes', async () => {
    const { policy } = await signed(900_000)
    expect(livesLongEnough(policy, 905_000 - 5_001, 0)).toBe(true)
    expect(livesLongEnough(policy, 905_000 - 5_000, 0)).toBe(false)
    expect(livesLongEnough(policy, 905_000 - 65_000, 60_000)).toBe(false)
  })

  test('is never more than half of what a new policy would have: signing again could not help', async () => {
    const { policy } = await signed(900_000)
    expect(livesLongEnough(policy, 5_000, 24 * 3_600_000)).toBe(true)
    const short = (await signed(2_000)).policy
    expect(livesLongEnough(short, 5_000, 0)).toBe(true)
    expect(livesLongEnough(short, 6_000, 0)).toBe(false)
  })
})
