import { buildPolicy, encodePolicy, type PolicyCondition } from '@cosdrop/protocol'
import { expect, test } from 'vitest'
import type { SignedPost } from '../policy/policy-source.ts'
import { isCosUploadError, type AnyUploadError } from '../upload-error.ts'
import { buildPostForm } from './build-post-form.ts'

const now = new Date('2026-01-01T00:00:00Z')

const signature = { 'q-sign-algorithm': 'sha1', 'q-ak': 'AKID', 'q-key-time': '1;2', 'q-signature': 'abc' }
const file = new File(['12345'], 'a "b".txt')

function post(conditions: readonly PolicyCondition[], extra: Readonly<Record<string, string>> = {}): SignedPost {
  const policy = encodePolicy(buildPolicy({ expiration: '2026-01-01T00:15:00.000Z', conditions }))
  return {
    url: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/',
    expiresAt: '2026-01-01T00:15:00.000Z',
    fields: { key: 'up/${filename}', policy, ...signature, ...extra },
  }
}

/** What the form is refused for at the server's time `at`; `null` when it is not. */
async function refusal(of: SignedPost, at = now): Promise<AnyUploadError | null> {
  try {
    await buildPostForm({ post: of, file, filename: file.name, now: at })
    return null
  } catch (error) {
    if (isCosUploadError(error)) return error
    throw error
  }
}

test('a form that its policy admits passes, with the filename put into the key as browsers write it', async () => {
  const conditions: PolicyCondition[] = [
    { kind: 'eq', field: 'bucket', value: 'examplebucket-1250000000' },
    { kind: 'eq', field: 'key', value: 'up/a %22b%22.txt' },
    { kind: 'content-length-range', min: 5, max: 5 },
  ]
  expect(await refusal(post(conditions))).toBeNull()
})

test('a form without a policy has nothing to be matched against', async () => {
  expect(await refusal({ ...post([]), fields: { key: 'a' } })).toBeNull()
})

test('without the server’s time a form is not matched: the caller may know better', async () => {
  const mismatched = post([{ kind: 'eq', field: 'acl', value: 'private' }])
  await expect(buildPostForm({ post: mismatched, file, filename: 'a' })).resolves.toMatchObject({ filename: 'a' })
})

test.each<[string, PolicyCondition, Readonly<Record<string, string>>, object]>([
  ['a missing field', { kind: 'eq', field: 'acl', value: 'private' }, {}, { field: 'acl', expected: 'private', actual: null }],
  ['another value', { kind: 'eq', field: 'acl', value: 'private' }, { acl: 'public-read' }, { field: 'acl', condition: 'eq', actual: 'public-read' }],
  [
    'another prefix',
    { kind: 'starts-with', field: 'key', value: 'down/' },
    {},
    { field: 'key', condition: 'starts-with', actual: 'up/a %22b%22.txt' },
  ],
  ['another bucket', { kind: 'eq', field: 'bucket', value: 'other-1250000000' }, {}, { field: 'bucket', actual: 'examplebucket-1250000000' }],
  ['too few bytes', { kind: 'content-length-range', min: 6, max: 9 }, {}, { field: 'content-length-range', expected: '6 to 9 bytes', actual: '5' }],
])('%s is told with field, condition and value', async (_, condition, fields, details) => {
  const error = await refusal(post([condition], fields))
  expect(error).toMatchObject({ code: 'policy-mismatch', details })
  expect(error?.message).toMatch(/Nothing was sent/)
})

test('a line break in a value is matched as browsers send it, which is what storage will see', async () => {
  const asks = (value: string): SignedPost => post([{ kind: 'eq', field: 'x-cos-meta-note', value }], { 'x-cos-meta-note': 'one\ntwo' })
  expect(await refusal(asks('one\r\ntwo'))).toBeNull()
  expect(await refusal(asks('one\ntwo'))).toMatchObject({ code: 'policy-mismatch', details: { field: 'x-cos-meta-note' } })
})

test('a signer that leaves the type to the browser gets a file of no known type, too', async () => {
  // official/post-object.txt: a prefix "can be empty", and what the policy limits "must be used in the form fields".
  expect(await refusal(post([{ kind: 'starts-with', field: 'Content-Type', value: '' }]))).toBeNull()
})

test('more than the 5 GB of one POST are not sent for hours to be refused', async () => {
  const sized = (size: number): File => Object.defineProperty(new File(['x'], 'a'), 'size', { value: size })
  const made = (size: number) => {
    const big = sized(size)
    return buildPostForm({ post: post([{ kind: 'starts-with', field: 'key', value: '' }]), file: big, filename: big.name, now })
  }
  await expect(made(5 * 1024 ** 3)).resolves.toMatchObject({ filename: 'a' })
  await expect(made(5 * 1024 ** 3 + 1)).rejects.toMatchObject({
    code: 'policy-mismatch',
    details: { field: 'content-length-range', expected: '0 to 5368709120 bytes', actual: '5368709121' },
  })
})

test('"as large as you like" of a signer that counts in 64 bits is a range', async () => {
  const text = '{"expiration":"2026-01-01T00:15:00.000Z","conditions":[["content-length-range",0,9223372036854775807]]}'
  expect(await refusal(post([], { policy: encodePolicy(text) }))).toBeNull()
})

test('the one field "Signature" may stand beside a policy: it is the other way to sign one', async () => {
  const { policy = '' } = post([{ kind: 'eq', field: 'key', value: 'up/a %22b%22.txt' }]).fields ?? {}
  expect(await refusal({ ...post([]), fields: { key: 'up/${filename}', policy, Signature: 'q-sign-algorithm=sha1&q-ak=AKID' } })).toBeNull()
})

test('expiry is judged by the server’s time', async () => {
  const conditions: PolicyCondition[] = [{ kind: 'starts-with', field: 'key', value: '' }]
  expect(await refusal(post(conditions), new Date('2026-01-01T00:14:59Z'))).toBeNull()
  expect(await refusal(post(conditions), new Date('2026-01-01T00:15:01Z'))).toMatchObject({ code: 'policy-expired' })
})

test.each(['%%%', btoa('not json'), btoa('{}')])('a policy that is none is told as malformed: %s', async (policy) => {
  expect(await refusal(post([], { policy }))).toMatchObject({ code: 'policy-malformed' })
})

test.each(['x-cos-security-token', 'X-Cos-Server-Side-Encryption-Customer-Key'])('a mismatch of %s shows neither value', async (field) => {
  const error = await refusal(post([{ kind: 'eq', field, value: 'signedSECRET' }], { [field]: 'sentSECRET' }))
  expect(error).toMatchObject({ code: 'policy-mismatch', details: { field, condition: 'eq' } })
  expect(error?.message).toContain(field)
  expect(`${error?.message} ${JSON.stringify(error?.details)}`).not.toContain('SECRET')
})
