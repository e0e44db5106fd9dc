import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CorsRule } from './cors-configuration.ts'
import { missingHeaders } from './missing-headers.ts'
import { matchCorsRule } from './match-cors-rule.ts'
import { repairCors, uploadRule } from './repair-cors.ts'

const PAGE = 'https://app.example.com'
const rule = (changes: Partial<CorsRule>): CorsRule => ({ ...uploadRule(PAGE), ...changes })

describe('the rule that answers a page', () => {
  it.each([
    ['https://app.example.com', true],
    ['*', true],
    ['https://*.example.com', true],
    ['https://*', true],
    ['http://app.example.com', false],
    ['https://app.example.com:8443', false],
    ['https://*.example.com*', false],
    ['https://*.myexample.com', false],
    ['http://*.example.com', false],
    ['https://app.example.com*.example.com', false],
    ['https://app.example.com/', false],
  ])('%s: %s', (pattern, matches) => {
    expect(matchCorsRule([rule({ origins: [pattern] })], PAGE)).toBe(matches ? 0 : -1)
  })

  it('is the first one, though a later one would do better', () => {
    expect(matchCorsRule([rule({ origins: ['https://other.example'] }), rule({ origins: ['*'], exposeHeaders: [] }), rule({})], PAGE)).toBe(1)
  })

  it('allows POST', () => {
    expect(matchCorsRule([rule({ methods: ['GET', 'PUT'] }), rule({})], PAGE)).toBe(1)
  })
})

const word = fc.constantFrom('https://app.example.com', 'https://*.example.com', '*', 'https://other.example', 'http://localhost:*')
const anyRule: fc.Arbitrary<CorsRule> = fc.record({
  id: fc.option(fc.string({ maxLength: 5 })),
  origins: fc.array(word, { minLength: 1, maxLength: 3 }),
  methods: fc.subarray(['GET', 'PUT', 'POST', 'DELETE', 'HEAD'], { minLength: 1 }),
  allowedHeaders: fc.constantFrom<string[]>([], ['*'], ['x-cos-*']),
  exposeHeaders: fc.subarray(['ETag', 'etag', 'Location', 'x-cos-version-id', 'x-cos-hash-crc64ecma', 'Content-Length']),
  maxAgeSeconds: fc.option(fc.nat(86_400)),
  others: fc.constantFrom<CorsRule['others']>([], [{ name: 'New', text: '1', children: [] }]),
})

describe('a repair', () => {
  it('lets the page upload and read everything, takes nothing away, and needs no second one', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 6 }), (rules) => {
        const before = { rules, others: [{ name: 'ResponseVary', text: 'true', children: [] }] }
        const repair = repairCors(before, PAGE)
        const after = repair.kind === 'extend' || repair.kind === 'add' ? repair.configuration : before
        const answering = after.rules[matchCorsRule(after.rules, PAGE)]
        expect(answering && missingHeaders(answering.exposeHeaders)).toEqual([])
        expect(after.others).toBe(before.others)
        for (const [index, old] of rules.entries()) {
          const now = after.rules[index]!
          expect(now).toEqual({ ...old, exposeHeaders: now.exposeHeaders })
          expect(now.exposeHeaders.slice(0, old.exposeHeaders.length)).toEqual(old.exposeHeaders)
        }
        expect(repairCors(after, PAGE).kind).toBe('none')
      }),
    )
  })

  it('does not go over the hundred rules that COS takes', () => {
    const full = { rules: Array.from({ length: 100 }, () => rule({ origins: ['https://other.example'] })), others: [] }
    expect(repairCors(full, PAGE)).toEqual({ kind: 'full' })
  })
})
