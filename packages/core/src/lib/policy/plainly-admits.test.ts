import { buildPolicy, encodePolicy, type PolicyCondition } from '@cosdrop/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PostForm } from '../form/post-form.ts'
import { explainMismatch } from './explain-mismatch.ts'
import { plainlyAdmits } from './plainly-admits.ts'

const name = fc.constantFrom('key', 'Key', 'acl', 'Content-Type', 'x-cos-meta-a', 'q-key-time', 'bucket')
const value = fc.constantFrom('', 'a', 'ab', 'up/${filename}', 'up/a.txt', 'é', '1;2', 'examplebucket-1250000000')
const condition: fc.Arbitrary<PolicyCondition> = fc.oneof(
  fc.record({ kind: fc.constant('eq' as const), field: fc.oneof(name, fc.constant('q-sign-time')), value }),
  fc.record({ kind: fc.constant('starts-with' as const), field: name, value }),
  fc.record({ kind: fc.constant('content-length-range' as const), min: fc.nat(6), max: fc.integer({ min: 6, max: 9 }) }),
)
const form = fc.record({
  fields: fc.uniqueArray(fc.tuple(name, value), { selector: ([field]) => field.toLowerCase(), maxLength: 6 }),
  size: fc.nat(10),
  filename: fc.constantFrom('a.txt', 'a"b', 'é'),
  action: fc.constantFrom('https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/', 'https://files.example.com/'),
})
const now = new Date('2026-01-01T00:00:00Z')

test('what is plainly admitted is admitted by the full matcher, and every plain policy is recognised', () => {
  let plain = 0
  let admitted = 0
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), form, fc.boolean(), (conditions, { size, ...rest }, late) => {
      const expiration = late ? '2025-12-31T23:59:59Z' : '2026-01-01T00:15:00Z'
      const policy = encodePolicy(buildPolicy({ expiration, conditions }))
      const one: PostForm = { ...rest, file: new Blob([new Uint8Array(size)]) }
      const full = explainMismatch(policy, one, now) === null
      if (full) admitted += 1
      if (plainlyAdmits(policy, one, now)) {
        plain += 1
        expect(full).toBe(true)
      }
    }),
    { numRuns: 5_000 },
  )
  // Else the short way would be no way at all.
  expect(plain).toBeGreaterThan(admitted * 0.6)
})

test('whatever stands in the field "policy", nothing that the full matcher refuses is let through', () => {
  const odd = fc.oneof(
    fc.string(),
    fc.jsonValue().map((json) => btoa(unescape(encodeURIComponent(JSON.stringify(json))))),
    fc
      .array(
        fc.oneof(
          fc.array(fc.oneof(fc.constantFrom('eq', 'starts-with', 'content-length-range', '$key'), fc.jsonValue()), { maxLength: 4 }),
          fc.jsonValue(),
        ),
      )
      .map((conditions) => btoa(unescape(encodeURIComponent(JSON.stringify({ expiration: '2026-01-01T00:15:00Z', conditions }))))),
  )
  const one: PostForm = { action: 'https://files.example.com/', filename: 'a', file: new Blob(['x']), fields: [['key', 'a']] }
  fc.assert(
    fc.property(odd, (policy) => {
      if (plainlyAdmits(policy, one, now)) expect(explainMismatch(policy, one, now)).toBeNull()
    }),
    { numRuns: 3_000 },
  )
})
