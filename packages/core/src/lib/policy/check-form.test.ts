import { buildPolicy, encodePolicy, type PolicyCondition } from '@cosdrop/protocol'
import { expect, test } from 'vitest'
import type { PostForm } from '../form/post-form.ts'
import { checkForm } from './check-form.ts'

const now = new Date('2026-01-01T00:00:00Z')

function form(conditions: readonly PolicyCondition[], extra: readonly (readonly [string, string])[] = [], over: Partial<PostForm> = {}): PostForm {
  const policy = encodePolicy(buildPolicy({ expiration: '2026-01-01T00:15:00.000Z', conditions }))
  const file = new File(['12345'], 'a "b".txt')
  return {
    action: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/',
    file,
    filename: file.name,
    fields: [['key', 'up/${filename}'], ...extra, ['policy', policy]],
    ...over,
  }
}

test('a form that its policy admits passes, with the filename put into the key as browsers write it', async () => {
  const conditions: PolicyCondition[] = [
    { kind: 'eq', field: 'bucket', value: 'examplebucket-1250000000' },
    { kind: 'eq', field: 'key', value: 'up/a %22b%22.txt' },
    { kind: 'content-length-range', min: 5, max: 5 },
  ]
  expect(await checkForm(form(conditions), now)).toBeNull()
})

test('a form without a policy has nothing to be matched against', async () => {
  expect(await checkForm({ ...form([{ kind: 'eq', field: 'acl', value: 'private' }]), fields: [['key', 'a']] }, now)).toBeNull()
})

test.each<[string, PolicyCondition, readonly (readonly [string, string])[], object]>([
  ['a missing field', { kind: 'eq', field: 'acl', value: 'private' }, [], { field: 'acl', expected: 'private', actual: null }],
  [
    'another value',
    { kind: 'eq', field: 'acl', value: 'private' },
    [['acl', 'public-read']],
    { field: 'acl', condition: 'eq', actual: 'public-read' },
  ],
  [
    'another prefix',
    { kind: 'starts-with', field: 'key', value: 'down/' },
    [],
    { field: 'key', condition: 'starts-with', actual: 'up/a %22b%22.txt' },
  ],
  ['another bucket', { kind: 'eq', field: 'bucket', value: 'other-1250000000' }, [], { field: 'bucket', actual: 'examplebucket-1250000000' }],
  ['too few bytes', { kind: 'content-length-range', min: 6, max: 9 }, [], { field: 'content-length-range', expected: '6 to 9 bytes', actual: '5' }],
])('%s is told with field, condition and value', async (_, condition, fields, details) => {
  const error = await checkForm(form([condition], fields), now)
  expect(error).toMatchObject({ code: 'policy-mismatch', details })
  expect(error?.message).toMatch(/Nothing was sent/)
})

test('expiry is judged by the server’s time', async () => {
  const conditions: PolicyCondition[] = [{ kind: 'starts-with', field: 'key', value: '' }]
  expect(await checkForm(form(conditions), new Date('2026-01-01T00:14:59Z'))).toBeNull()
  expect(await checkForm(form(conditions), new Date('2026-01-01T00:15:01Z'))).toMatchObject({ code: 'policy-expired' })
})

test.each(['%%%', btoa('not json'), btoa('{}')])('a policy that is none is told as malformed: %s', async (policy) => {
  const broken = form([{ kind: 'eq', field: 'acl', value: 'private' }])
  expect(await checkForm({ ...broken, fields: [['policy', policy]] }, now)).toMatchObject({ code: 'policy-malformed' })
})

test.each(['x-cos-security-token', 'X-Cos-Server-Side-Encryption-Customer-Key'])('a mismatch of %s shows neither value', async (field) => {
  const error = await checkForm(form([{ kind: 'eq', field, value: 'signedSECRET' }], [[field, 'sentSECRET']]), now)
  expect(error).toMatchObject({ code: 'policy-mismatch', details: { field, condition: 'eq' } })
  expect(error?.message).toContain(field)
  expect(`${error?.message} ${JSON.stringify(error?.details)}`).not.toContain('SECRET')
})
