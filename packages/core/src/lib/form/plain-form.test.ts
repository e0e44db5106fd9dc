import { buildPolicy, encodePolicy, type PolicyCondition } from '@cosdrop/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPlainForm } from './plain-form.ts'
import { createPostForm, type PostForm } from './post-form.ts'
import { refuseForm } from './refuse-form.ts'

const bucketUrl = 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/'
const customDomain = 'https://files.example.com/'
const now = new Date('2026-01-01T00:00:00Z')
const expiration = '2026-01-01T00:15:00.000Z'
const rest = [
  ['q-sign-algorithm', 'sha1'],
  ['q-ak', 'AKID'],
  ['q-signature', 'abc'],
] as const

const isRefused = (form: PostForm, at?: Date): boolean => {
  try {
    refuseForm(form, at)
    return false
  } catch {
    return true
  }
}
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const carrying = (policy: string, action = customDomain): PostForm =>
  createPostForm({
    action,
    filename: 'a',
    file: new Blob(['x']),
    fields: [['key', 'a'], ['0', 'a'], ['acl', '5'], ['q-key-time', '1;2'], ...rest, ['policy', policy]],
  })

describe('what is taken without a closer look has nothing wrong with it', () => {
  test('whatever its fields are', () => {
    const signature = [['policy', 'e30='], ['q-key-time', '1;2'], ...rest] as const
    const names = fc.constantFrom('key', 'KEY', 'file', 'acl', 'Content-MD5', 'content-md5', ...signature.map(([name]) => name))
    const texts = fc.oneof(fc.constantFrom('', 'a', '/a', 'a\nb', '键'.repeat(284)), fc.string({ unit: 'binary' }))
    const all = fc.array(fc.tuple(names, texts), { maxLength: 4 })
    const action = fc.constantFrom(bucketUrl, bucketUrl, 'ftp://host/', '', 'http://127.0.0.1:9000/b-1/')
    let plain = 0
    fc.assert(
      fc.property(all, fc.subarray([...signature], { minLength: 4 }), action, (some, signed, to) => {
        const form = createPostForm({ action: to, fields: [['key', 'a'], ...some, ...signed], file: new Blob(['x']), filename: 'a' })
        if (!isPlainForm(form)) return
        plain += 1
        expect(isRefused(form)).toBe(false)
      }),
      { numRuns: 5_000 },
    )
    expect(plain).toBeGreaterThan(50)
  })

  test('whatever its policy asks for, and every plain policy is recognised', () => {
    const name = fc.constantFrom('key', 'Key', '$acl', 'acl', 'Content-Type', 'x-cos-meta-a', 'q-key-time', 'bucket', 'q-sign-time')
    const value = fc.constantFrom('', 'a', 'ab', 'up/${filename}', 'up/a.txt', 'é', '1;2', 'examplebucket-1250000000')
    const condition: fc.Arbitrary<PolicyCondition> = fc.oneof(
      fc.record({ kind: fc.constant('eq' as const), field: name, value }),
      fc.record({ kind: fc.constant('starts-with' as const), field: name, value }),
      fc.record({ kind: fc.constant('content-length-range' as const), min: fc.nat(6), max: fc.integer({ min: 6, max: 9 }) }),
    )
    const parts = fc.record({
      fields: fc.uniqueArray(fc.tuple(fc.constantFrom('Key', 'acl', 'Content-Type', 'x-cos-meta-a', 'bucket'), value), {
        selector: ([field]) => field,
        maxLength: 5,
      }),
      keyTime: fc.constantFrom('1;2', 'a'),
      size: fc.nat(10),
      filename: fc.constantFrom('a.txt', 'a"b', 'é'),
      action: fc.constantFrom(bucketUrl, customDomain, 'http://127.0.0.1:9000/examplebucket-1250000000/'),
    })
    let plain = 0
    let admitted = 0
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), parts, fc.boolean(), (conditions, { size, fields, keyTime, ...one }, late) => {
        const policy = encodePolicy(buildPolicy({ expiration: late ? '2025-12-31T23:59:59.999Z' : expiration, conditions }))
        const form = createPostForm({
          ...one,
          file: new Blob([new Uint8Array(size)]),
          fields: [...fields, ...rest, ['q-key-time', keyTime], ['policy', policy]],
        })
        const refused = isRefused(form, now)
        if (!refused) admitted += 1
        if (!isPlainForm(form, now)) return
        plain += 1
        expect(refused).toBe(false)
      }),
      { numRuns: 10_000 },
    )
    // Else the short way would be no way at all.
    expect(plain).toBeGreaterThan(admitted * 0.6)
    expect(plain).toBeGreaterThan(100)
  })

  test('whatever stands in the field "policy"', () => {
    const name = fc.constantFrom('$key', 'key', '$bucket', 'bucket', '0', '$acl', '$none')
    const loose = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('a', '5', '') },
      { weight: 2, arbitrary: fc.integer({ min: -2, max: 6 }) },
      { weight: 1, arbitrary: fc.oneof(fc.constant(['a']), fc.jsonValue()) },
    )
    const condition = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.constantFrom('eq', 'starts-with', 'content-length-range', 'Eq'), fc.oneof(name, name, loose), loose) },
      { weight: 2, arbitrary: fc.dictionary(name, loose, { maxKeys: 2 }) },
      { weight: 1, arbitrary: fc.oneof(loose, fc.array(loose, { maxLength: 4 })) },
    )
    const document = fc.record({
      expiration: fc.oneof({ weight: 8, arbitrary: fc.constant<unknown>(expiration) }, { weight: 1, arbitrary: fc.jsonValue() }),
      conditions: fc.oneof(
        { weight: 8, arbitrary: fc.array<unknown>(condition, { minLength: 1, maxLength: 2 }) },
        { weight: 1, arbitrary: fc.jsonValue() },
      ),
    })
    const policy = fc.oneof(
      { weight: 8, arbitrary: document.map((json) => base64(JSON.stringify(json))) },
      {
        weight: 1,
        arbitrary: fc.oneof(
          fc.string(),
          fc.jsonValue().map((json) => base64(JSON.stringify(json))),
        ),
      },
    )
    let plain = 0
    fc.assert(
      fc.property(policy, fc.constantFrom(bucketUrl, customDomain), (text, action) => {
        const form = carrying(text, action)
        if (!isPlainForm(form, now)) return
        plain += 1
        expect(isRefused(form, now)).toBe(false)
      }),
      { numRuns: 10_000 },
    )
    expect(plain).toBeGreaterThan(100)
  })

  test('also when one policy serves many files: each is matched with it anew', () => {
    const policy = base64(JSON.stringify({ expiration, conditions: [['content-length-range', 1, 3]] }))
    const ofSize = (size: number): PostForm => createPostForm({ ...carrying(policy), file: new Blob(['x'.repeat(size)]) })
    expect([2, 4, 3, 0].map((size) => isPlainForm(ofSize(size), now))).toEqual([true, false, true, false])
    expect(isPlainForm(ofSize(2), new Date('2026-01-01T00:15:00.001Z'))).toBe(false)
  })

  const good = { expiration, conditions: [{ key: 'a' }] }
  const whole = base64(JSON.stringify(good))
  test.each<[string, string]>([
    ['Base64 without its padding', base64(JSON.stringify({ ...good, note: '==' })).replace(/=+$/, '')],
    ['Base64 with a line break', `${whole}\n`],
    ['a byte order mark', base64(`\ufeff${JSON.stringify(good)}`)],
    ['bytes that are no UTF-8', btoa(JSON.stringify({ ...good, conditions: [{ key: 'a' }, ['starts-with', '$acl', '']], note: 'é' }))],
    ...[
      { ...good, expiration: [expiration] },
      { ...good, expiration: '+010000-01-01T00:00:00.000Z' },
      { ...good, expiration: '2026-01-01' },
      { ...good, expiration: 4_102_444_800_000 },
      { ...good, conditions: [] },
      { ...good, conditions: 'a' },
      { ...good, conditions: ['a'] },
      { ...good, conditions: [null] },
      { ...good, conditions: [{}] },
      { ...good, conditions: [{ key: 'a', acl: '5' }] },
      { ...good, conditions: [{ bucket: 5 }] },
      { ...good, conditions: [['eq', '$acl', 5]] },
      { ...good, conditions: [['eq', ['$key'], 'a']] },
      { ...good, conditions: [['eq', '$$key', 'a']] },
      { ...good, conditions: [['eq', '$key', 'a', 'a']] },
      { ...good, conditions: [['starts-with', '$key', ['a']]] },
      { ...good, conditions: [['starts-with', '$acl', 5]] },
      { ...good, conditions: [['starts-with', '$none', '']] },
      { ...good, conditions: [['ends-with', '$key', 'a']] },
      { ...good, conditions: [['content-length-range', -1, 9]] },
      { ...good, conditions: [['content-length-range', 0, 1e300]] },
      { ...good, conditions: [['content-length-range', '0', '9']] },
      { ...good, conditions: [['content-length-range', 0.5, 9]] },
    ].map((json): [string, string] => [JSON.stringify(json), base64(JSON.stringify(json))]),
  ])('not so: %s', (_what, policy) => {
    expect(isPlainForm(carrying(whole), now)).toBe(true)
    expect(isRefused(carrying(policy), now)).toBe(true)
    expect(isPlainForm(carrying(policy), now)).toBe(false)
  })
})

test.each([bucketUrl, customDomain, 'http://127.0.0.1:9000/examplebucket-1250000000/'])(
  'nothing more is loaded for a policy that pins everything: %s',
  (action) => {
    const conditions: PolicyCondition[] = [
      { kind: 'eq', field: 'bucket', value: 'examplebucket-1250000000' },
      { kind: 'eq', field: 'key', value: 'a' },
      { kind: 'starts-with', field: 'ACL', value: '' },
      { kind: 'eq', field: 'q-sign-algorithm', value: 'sha1' },
      { kind: 'eq', field: 'q-ak', value: 'AKID' },
      { kind: 'eq', field: 'q-sign-time', value: '1;2' },
      { kind: 'content-length-range', min: 1, max: 1 },
    ]
    expect(isPlainForm(carrying(encodePolicy(buildPolicy({ expiration, conditions })), action), now)).toBe(true)
  },
)
