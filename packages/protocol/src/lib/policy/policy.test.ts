import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../vectors.json' with { type: 'json' }
import { buildPolicy, encodePolicy } from './build-policy.ts'
import { matchPolicy } from './match-policy.ts'
import { decodePolicy, decodePolicyBytes, parseExpiration, parsePolicy } from './parse-policy.ts'
import { PolicyDocumentError, type PolicyCondition } from './policy-document.ts'

const expiration = '2030-01-01T00:00:00.000Z'

function problemOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof PolicyDocumentError) return error.problem
  }
  return 'none'
}

describe('the documented examples', () => {
  it.each(vectors.documentedExamples)('example $example is read and admits its own form', ({ policyBase64, policy, fields, uncoveredFields }) => {
    const text = decodePolicy(policyBase64)
    expect(JSON.parse(text)).toEqual(policy)
    const parsed = parsePolicy(text)
    expect(parsed.expiration).toBe(policy.expiration)
    expect(parsed.conditions).toHaveLength(policy.conditions.length)
    // The page masks the last characters of the SecretId in the form, not in the policy.
    const secretId = parsed.conditions.flatMap((condition) => (condition.kind === 'eq' && condition.field === 'q-ak' ? [condition.value] : []))[0]!
    const file = fields.find((field) => field.name === 'file')
    const form = fields.filter((field) => field.name !== 'file').map(({ name, value }) => [name, name === 'q-ak' ? secretId : value] as const)
    const bucket = text.includes('examplebucket-1252246555') ? 'examplebucket-1252246555' : 'examplebucket-1250000000'
    expect(matchPolicy(parsed, { fields: form, bucket, filename: file?.filename ?? null, fileSize: 16 }, new Date('2019-08-29T08:04:29Z'))).toBeNull()
    const named = new Set(parsed.conditions.flatMap((condition) => ('field' in condition ? [condition.field] : [])))
    const signing = new Set(['policy', 'q-sign-algorithm', 'q-ak', 'q-key-time', 'q-signature'])
    expect(form.map(([name]) => name).filter((name) => !named.has(name) && !signing.has(name))).toEqual(uncoveredFields)
  })
})

describe('reading a policy', () => {
  it.each([
    ['[1]', 'not-json'],
    ['{', 'not-json'],
    ['{"expiration":"2030-01-01T00:00:00Z"}', 'no-conditions'],
    ['{"expiration":"2030-01-01T00:00:00Z","conditions":[]}', 'no-conditions'],
    ['{"expiration":"2030-01-01T00:00:00","conditions":[{"key":"a"}]}', 'bad-expiration'],
    ['{"expiration":1,"conditions":[{"key":"a"}]}', 'bad-expiration'],
    ['{"expiration":"2030-13-01T00:00:00Z","conditions":[{"key":"a"}]}', 'bad-expiration'],
    [`{"expiration":"${expiration}","conditions":["key"]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[{}]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[{"key":"a","acl":"b"}]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[{"key":1}]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["eq","$key"]]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["like","$key","a"]]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["eq","$key",1]]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["eq",1,"a"]]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["content-length-range","1",2]]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["content-length-range",1,"2"]]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["content-length-range",0,18446744073709551615]]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["content-length-range",3,2]]}`, 'bad-condition'],
    [`{"expiration":"${expiration}","conditions":[["content-length-range",-1,2]]}`, 'bad-condition'],
  ])('%s: %s', (text, problem) => {
    expect(problemOf(() => parsePolicy(text))).toBe(problem)
  })

  it.each([
    '["x-cos-security-token","SECRET"]',
    '{"x-cos-security-token":["SECRET"]}',
    '["like","$x-cos-security-token","SECRET"]',
    '["like",{"x-cos-security-token":"SECRET"},"a"]',
  ])('tells of the odd condition %s without its value', (condition) => {
    const text = `{"expiration":"${expiration}","conditions":[${condition}]}`
    expect(() => parsePolicy(text)).toThrow(PolicyDocumentError)
    expect(() => parsePolicy(text)).not.toThrow(/SECRET/)
  })

  it('tells which field an odd condition is about', () => {
    const text = `{"expiration":"${expiration}","conditions":[["like","$acl","private"]]}`
    expect(() => parsePolicy(text)).toThrow('["like","$acl","…"]')
  })

  it('takes the largest number of signers that count in 64 bits for "no limit"', () => {
    const { conditions } = parsePolicy(`{"expiration":"${expiration}","conditions":[["content-length-range",0,9223372036854775807]]}`)
    expect(conditions).toEqual([{ kind: 'content-length-range', min: 0, max: 2 ** 63 }])
  })

  it.each(['***', 'YQ', 'YR==', 'Y Q==', 'YQ==\n'])('refuses %j, which is not the Base64 of one text', (base64) => {
    expect(problemOf(() => decodePolicyBytes(base64))).toBe('not-base64')
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(problemOf(() => decodePolicy('/w=='))).toBe('not-json')
    expect(problemOf(() => decodePolicy('***'))).toBe('not-base64')
  })

  it('leaves out nothing of what the signature covers, such as a byte order mark', () => {
    expect(decodePolicy('77u/e30=')).toBe('\ufeff{}')
  })

  it('takes the leniencies that were seen: no dollar in an array, a dollar in an object', () => {
    const { conditions } = parsePolicy(`{"expiration":"${expiration}","conditions":[["starts-with","x-cos-meta-bb","12"],{"$key":"a"}]}`)
    expect(conditions).toEqual([
      { kind: 'starts-with', field: 'x-cos-meta-bb', value: '12' },
      { kind: 'eq', field: 'key', value: 'a' },
    ])
  })

  it.each([
    ['2019-08-30T09:38:12.414Z', Date.UTC(2019, 7, 30, 9, 38, 12, 414)],
    ['2019-08-30T17:38:12+08:00', Date.UTC(2019, 7, 30, 9, 38, 12)],
    ['2019-08-30T17:38:12+0800', Date.UTC(2019, 7, 30, 9, 38, 12)],
    ['2019-08-30T09:38:12-05:00', Date.UTC(2019, 7, 30, 14, 38, 12)],
    ['2019-08-30', null],
    ['tomorrow', null],
  ])('expiration %s', (text, time) => {
    expect(parseExpiration(text)).toBe(time)
  })

  const field = fc.string({ minLength: 1 }).filter((name) => !name.startsWith('$') && name !== '__proto__')
  const condition: fc.Arbitrary<PolicyCondition> = fc.oneof(
    fc.record({ kind: fc.constantFrom('eq' as const, 'starts-with' as const), field, value: fc.string({ unit: 'grapheme' }) }),
    fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => ({ kind: 'content-length-range' as const, min: Math.min(a, b), max: Math.max(a, b) })),
  )

  it('gives back every policy that can be built, through text and Base64', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1 }), (conditions) => {
        const policy = { expiration, conditions }
        expect(parsePolicy(decodePolicy(encodePolicy(buildPolicy(policy))))).toEqual(policy)
      }),
    )
  })

  it('never fails with anything but its own error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((part) => `{"expiration":"${expiration}","conditions":[${part}]}`),
        ),
        (text) => {
          try {
            parsePolicy(text)
          } catch (error) {
            expect(error).toBeInstanceOf(PolicyDocumentError)
          }
        },
      ),
    )
  })
})

describe('matching a form', () => {
  const policy = (...conditions: PolicyCondition[]) => ({ expiration, conditions })
  const eq = (field: string, value: string): PolicyCondition => ({ kind: 'eq', field, value })
  const prefix = (field: string, value: string): PolicyCondition => ({ kind: 'starts-with', field, value })
  const range = (min: number, max: number): PolicyCondition => ({ kind: 'content-length-range', min, max })

  it('needs every field that the policy names', () => {
    expect(matchPolicy(policy(eq('acl', 'default')), { fields: [] })).toMatchObject({ reason: 'missing', field: 'acl', actual: null })
    expect(matchPolicy(policy(prefix('Content-Type', '')), { fields: [] })).toMatchObject({ reason: 'missing', field: 'Content-Type' })
    expect(matchPolicy(policy(prefix('Content-Type', '')), { fields: [['content-type', '']] })).toBeNull()
  })

  it('lets fields through that it does not name', () => {
    expect(
      matchPolicy(policy(eq('key', 'a')), {
        fields: [
          ['key', 'a'],
          ['acl', 'public-read'],
        ],
      }),
    ).toBeNull()
  })

  it('compares names without regard to case and values to the letter', () => {
    expect(matchPolicy(policy(eq('ACL', 'default')), { fields: [['Acl', 'default']] })).toBeNull()
    expect(matchPolicy(policy(eq('acl', 'default')), { fields: [['acl', 'Default']] })).toMatchObject({
      reason: 'different',
      expected: 'default',
      actual: 'Default',
    })
    expect(matchPolicy(policy(prefix('key', 'u/')), { fields: [['key', 'v/a']] })).toMatchObject({ reason: 'prefix', field: 'key' })
  })

  it('looks for q-sign-time in the field q-key-time', () => {
    expect(matchPolicy(policy(eq('q-sign-time', '1;2')), { fields: [['q-key-time', '1;2']] })).toBeNull()
    expect(matchPolicy(policy(eq('q-sign-time', '1;2')), { fields: [['q-sign-time', '1;2']] })).toMatchObject({
      reason: 'missing',
      field: 'q-key-time',
    })
  })

  it('takes the bucket from the request, and leaves it alone when the page does not know it', () => {
    expect(matchPolicy(policy(eq('bucket', 'a-1')), { fields: [['bucket', 'a-1']], bucket: 'b-1' })).toMatchObject({
      reason: 'different',
      actual: 'b-1',
    })
    expect(matchPolicy(policy(eq('Bucket', 'a-1')), { fields: [], bucket: 'b-1' })).toMatchObject({ reason: 'different' })
    expect(matchPolicy(policy(eq('bucket', 'a-1')), { fields: [] })).toBeNull()
  })

  it('expands ${filename} first, every one of them', () => {
    const form = { fields: [['key', 'u/${filename}/${filename}']] as const, filename: '$&.jpg' }
    expect(matchPolicy(policy(eq('key', 'u/$&.jpg/$&.jpg')), form)).toBeNull()
    expect(matchPolicy(policy(prefix('key', 'u/${')), form)).toMatchObject({ reason: 'prefix' })
    for (const filename of [null, undefined]) {
      expect(matchPolicy(policy(eq('key', 'u/${filename}')), { fields: [['key', 'u/${filename}']], filename })).toBeNull()
    }
  })

  it('expands ${filename} in the key alone', () => {
    const form = { fields: [['x-cos-meta-name', '${filename}']] as const, filename: 'a.jpg' }
    expect(matchPolicy(policy(eq('x-cos-meta-name', '${filename}')), form)).toBeNull()
    expect(matchPolicy(policy(eq('x-cos-meta-name', 'a.jpg')), form)).toMatchObject({ reason: 'different' })
  })

  it('counts the bytes of the file, both ends inside', () => {
    const sizes = [9, 10, 20, 21].map((fileSize) => matchPolicy(policy(range(10, 20)), { fields: [], fileSize })?.reason ?? null)
    expect(sizes).toEqual(['too-small', null, null, 'too-large'])
    expect(matchPolicy(policy(range(10, 20)), { fields: [], fileSize: 21 })).toMatchObject({
      field: 'content-length-range',
      min: 10,
      max: 20,
      actual: 21,
    })
    for (const fileSize of [null, undefined]) expect(matchPolicy(policy(range(10, 20)), { fields: [], fileSize })).toBeNull()
  })

  it('is over when the expiration has passed', () => {
    expect(matchPolicy(policy(eq('key', 'a')), { fields: [['key', 'a']] }, new Date('2030-01-01T00:00:00.000Z'))).toBeNull()
    expect(matchPolicy(policy(eq('key', 'a')), { fields: [['key', 'a']] }, new Date('2030-01-01T00:00:00.001Z'))).toMatchObject({ reason: 'expired' })
  })

  it.each([
    ['a', 'b'],
    ['b', 'a'],
  ])('does not take one of two for both, in whichever order they come: %s, %s', (first, second) => {
    const fields = [
      ['key', first],
      ['KEY', second],
    ] as const
    expect(matchPolicy(policy(eq('key', 'a')), { fields })).toMatchObject({ reason: 'different', actual: 'b' })
  })

  it('names the first condition in the order of the document', () => {
    expect(matchPolicy(policy(eq('a', '1'), eq('b', '1')), { fields: [['b', '2']] })).toMatchObject({ field: 'a' })
  })

  it('refuses a form as soon as one named value changes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string()), fc.string({ minLength: 1 }), (values, change) => {
        const names = Object.keys(values).filter((name) => name !== 'key' && name !== 'bucket')
        const document = policy(...names.map((name) => eq(name, values[name]!)))
        const fields = names.map((name) => [name, values[name]!] as const)
        expect(matchPolicy(document, { fields })).toBeNull()
        for (const name of names) {
          const changed = fields.map(([other, value]) => [other, other === name ? value + change : value] as const)
          expect(matchPolicy(document, { fields: changed })).toMatchObject({ field: name, reason: 'different' })
        }
      }),
    )
  })
})

it('a condition that is bad is told without its values: one may be a token', () => {
  const condition = (text: string): string => `{"expiration":"2026-01-01T00:00:00Z","conditions":[${text}]}`
  for (const bad of ['["eq","$x-cos-security-token","SECRET","more"]', '{"bucket":"b","x-cos-security-token":"SECRET"}', '"SECRET"']) {
    expect(() => parsePolicy(condition(bad))).toThrow(/The condition /)
    expect(() => parsePolicy(condition(bad))).not.toThrow(/SECRET/)
  }
})
