import { expect, inject, test } from 'vitest'
import { buildPostForm } from '../form/build-post-form.ts'
import { workerHasher } from '../hashing/worker-hasher.ts'
import { md5Base64 } from '../hashing/md5-base64.ts'
import type { PolicyReply } from '../policy/policy-source.ts'
import { createBrowserTransport, type BrowserTransportOptions } from '../transport/choose-transport.ts'
import type { UploadResult } from '../upload-result.ts'
import { readReply } from './read-response.ts'

const signal = new AbortController().signal

interface Wishes extends BrowserTransportOptions {
  readonly trouble?: string
  readonly contentMd5?: string
  /** Changes the form's fields after signing. */
  readonly spoil?: (fields: Readonly<Record<string, string>>) => Readonly<Record<string, string>>
}

/** The whole way of one file by hand, to a storage that checks everything: policy, form, transport, reply. */
async function upload(file: File, { trouble = '', contentMd5, spoil = (fields) => fields, ...options }: Wishes = {}): Promise<UploadResult> {
  const answer = await fetch(`${inject('policyUrl')}${trouble && `?trouble=${trouble}`}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ files: [{ name: file.name, type: file.type, size: file.size }] }),
  })
  const reply: PolicyReply = await answer.json()
  const [post] = reply.posts
  if (post === undefined) throw new Error(JSON.stringify(reply))
  const fields = post.fields && spoil(post.fields)
  const form = await buildPostForm({ post: { ...post, fields }, file, filename: file.name, ...(contentMd5 !== undefined && { contentMd5 }) })
  return readReply(await createBrowserTransport(options)(form, { signal, onProgress: () => {} }), form)
}

const picture = (): File => new File([Uint8Array.from({ length: 300_000 }, (_, index) => index % 253)], 'été 📷 "1".jpg', { type: 'image/jpeg' })

test('a stored file tells its key, ETag, version, encryption and a CRC-64 that is the one of the file', async () => {
  const file = picture()
  const [result, { crc64 }] = await Promise.all([upload(file), workerHasher(file, { signal })])
  expect(result).toMatchObject({
    bucket: 'examplebucket-1250000000',
    status: 204,
    via: 'xhr',
    etag: expect.stringMatching(/^"[\da-f]{32}"$/),
    versionId: expect.stringMatching(/./),
    requestId: expect.stringMatching(/./),
    encryption: { kind: 'SSE-COS', algorithm: 'AES256' },
    diagnostics: [],
  })
  expect(result.crc64).toBe(crc64)
})

test('an empty file is stored', async () => {
  expect(await upload(new File([], 'empty.txt'))).toMatchObject({ status: 204, crc64: '0' })
})

test('Content-MD5 of the file is taken, and that of another refused', async () => {
  const file = picture()
  expect(await upload(file, { contentMd5: await md5Base64(file, { signal }) })).toMatchObject({ status: 204 })
  await expect(upload(file, { contentMd5: await md5Base64(new Blob(['x']), { signal }) })).rejects.toMatchObject({
    code: 'service',
    details: { status: 400, serviceCode: 'BadDigest' },
  })
})

test('a bucket that hides the ETag is a success whose diagnostic names ExposeHeaders', async () => {
  const { etag, requestId, diagnostics } = await upload(picture(), { trouble: 'bucket-no-etag' })
  expect(etag).toBeNull()
  expect(requestId).not.toBeNull()
  expect(diagnostics[0]).toMatchObject({ code: 'header-not-exposed', header: 'ETag', message: expect.stringContaining('ExposeHeaders') })
})

const without = (fields: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name))
const flip = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)

test.each<[string, Wishes, object]>([
  ['a bucket without CORS rules', { trouble: 'bucket-no-cors' }, { code: 'network' }],
  [
    'a signature field that is missing',
    { spoil: (fields) => without(fields, 'q-signature') },
    { code: 'form-invalid', details: { field: 'q-signature' } },
  ],
  [
    'a policy that was changed',
    { spoil: (fields) => ({ ...fields, policy: btoa(`${atob(fields['policy'] ?? '')} `) }) },
    { code: 'service', details: { status: 403, serviceCode: 'SignatureDoesNotMatch' } },
  ],
  [
    'a wrong signature',
    { spoil: (fields) => ({ ...fields, 'q-signature': flip(fields['q-signature'] ?? '') }) },
    { code: 'service', details: { status: 403, serviceCode: 'SignatureDoesNotMatch' } },
  ],
  ['a policy that has expired', { trouble: 'policy-expired' }, { code: 'service', details: { status: 403, serviceCode: 'AccessDenied' } }],
  [
    'a field that the policy names and the form lacks',
    { spoil: (fields) => without(fields, 'acl') },
    { code: 'service', details: { status: 403, serviceCode: 'AccessDenied', serviceMessage: expect.stringContaining('acl') } },
  ],
  ['a file over the range', { trouble: 'file-too-large' }, { code: 'service', details: { status: 400, serviceCode: 'EntityTooLarge' } }],
  [
    'no signature at all',
    { spoil: ({ key = 'a' }) => ({ key }) },
    { code: 'service', details: { status: 403, serviceCode: 'AccessDenied', requestId: expect.stringMatching(/./) } },
  ],
  [
    'a refusal inside an iframe, which nobody can read',
    { spoil: (fields) => ({ ...fields, success_action_redirect: `${location.origin}/landed` }) },
    { code: 'redirect-unreadable', message: expect.stringContaining('XHR') },
  ],
])('%s is told for what it is', async (_what, wishes, expected) => {
  await expect(upload(picture(), wishes)).rejects.toMatchObject(expected)
})

test('a connection that was cut in the middle is a network error, and nothing is taken for stored', async () => {
  const large = new File([new Uint8Array(20_000_000)], 'large.bin')
  await expect(upload(large, { trouble: 'connection-cut' })).rejects.toMatchObject({ code: 'network' })
})
