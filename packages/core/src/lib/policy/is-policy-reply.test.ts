import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explainReply } from './explain-policy.ts'
import { isPolicyReply } from './is-policy-reply.ts'

const serverTime = '2026-01-01T00:00:00Z'
const orOdd = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: value }, fc.jsonValue(), fc.constant(undefined))
const post = fc.record({
  url: orOdd(fc.webUrl()),
  fields: orOdd(fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.constant(null))),
  expiresAt: orOdd(fc.constantFrom('2026-01-01T00:15:00Z', serverTime)),
  receipt: orOdd(fc.oneof(fc.string(), fc.constant(undefined))),
})
const reply = orOdd(fc.record({ serverTime: orOdd(fc.constant(serverTime)), posts: orOdd(fc.array(orOdd(post), { maxLength: 2 })) }))

test('whatever comes is either a reply, or something of which one sentence says what is wrong', () => {
  let good = 0
  fc.assert(
    fc.property(reply, (value) => {
      const { problem } = explainReply(value, 1, null).details
      if (isPolicyReply(value, 1)) {
        good += 1
        expect(problem).toBe('it has a field of a wrong type')
      } else expect(problem).not.toBe('it has a field of a wrong type')
    }),
    { numRuns: 5_000 },
  )
  expect(good).toBeGreaterThan(50)
})

test('a list of texts is no set of fields', () => {
  const value = { serverTime, posts: [{ url: 'https://x/', fields: ['a'], expiresAt: '2026-01-01T00:15:00Z' }] }
  expect(isPolicyReply(value, 1)).toBe(false)
  expect(explainReply(value, 1, null).details.problem).toMatch(/^"posts\[0\]\.fields" is not an object of strings/)
})

test('a list with a hole is told where the hole is', () => {
  const posts: unknown[] = []
  posts.length = 1
  expect(isPolicyReply({ serverTime, posts }, 1)).toBe(false)
  expect(explainReply({ serverTime, posts }, 1, null).details.problem).toMatch(/^"posts\[0\]"/)
})
