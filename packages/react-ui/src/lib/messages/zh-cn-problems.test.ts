import { createUploader, isCosUploadError, type CosUploadError, type PolicySource, type TransportReply } from '@cosdrop/core'
import { expect, test } from 'vitest'
import { createFormat } from '../format/format.ts'
import { explainError } from '../explain-error.ts'
import { zhCN } from './zh-cn.ts'

const file = new File(['x'], 'a.txt')
const format = createFormat('zh-CN', zhCN.units)
const fields = { key: 'a.txt' }
const post = { url: 'https://b-1250000000.cos.ap-guangzhou.myqcloud.com/', fields, expiresAt: '2026-01-01T01:00:00Z' }
const reply = { serverTime: '2026-01-01T00:00:00Z', posts: [post] }
const withFields = (changed: object): unknown => ({ ...reply, posts: [{ ...post, fields: { ...fields, ...changed } }] })

/** As core itself says it: who changes a sentence there learns of the table here. */
async function errorOf(answer: unknown, stored: Partial<TransportReply> = {}): Promise<CosUploadError> {
  const policy = () => Promise.resolve(answer) as ReturnType<PolicySource>
  const transport = () => Promise.resolve({ status: 204, header: () => null, body: '', url: null, via: 'xhr' as const, ...stored })
  const uploader = createUploader({ policy, transport, integrity: 'off', retry: false, probe: false })
  try {
    return await uploader.uploadAsync(file).then(
      () => expect.unreachable('It was stored.'),
      (error: unknown) => (isCosUploadError(error) ? error : Promise.reject(error)),
    )
  } finally {
    uploader.destroy()
  }
}

function withoutNames(text: string): string {
  return text.replaceAll(/`[^`]*`|（CAN, EM, SUB 或 ESC）|POST Object/gu, '')
}

test.each<[string, unknown, Partial<TransportReply>?]>([
  ['no object', 'hello'],
  ['no time', { ...reply, serverTime: undefined }],
  ['no posts', { serverTime: reply.serverTime }],
  ['too few posts', { ...reply, posts: [] }],
  ['a post that is none', { ...reply, posts: [1] }],
  ['no address', { ...reply, posts: [{ ...post, url: undefined }] }],
  ['fields that are no texts', withFields({ acl: 1 })],
  ['a time without a zone', { ...reply, posts: [{ ...post, expiresAt: '2026-01-01' }] }],
  ['a time that is over', { ...reply, posts: [{ ...post, expiresAt: reply.serverTime }] }],
  ['a receipt that is no text', { ...reply, posts: [{ ...post, receipt: 1 }] }],
  ['a signature that is missing', withFields({ policy: 'e30=', 'q-ak': 'a' })],
  ['no key', withFields({ key: '' })],
  ['a field twice', withFields({ Key: 'b' })],
  ['a field named file', withFields({ file: 'b' })],
  ['a key with a slash', withFields({ key: '/a' })],
  ['a key with a control character', withFields({ key: 'a\u001b' })],
  ['a key that is too long', withFields({ key: 'a'.repeat(900) })],
  ['a key of two lines', withFields({ key: 'a\nb' })],
  ['an address that is none', { ...reply, posts: [{ ...post, url: 'b' }] }],
  ['an address that is blank', { ...reply, posts: [{ ...post, url: '' }] }],
  ['a policy that is none', withFields({ policy: 'e', 'q-sign-algorithm': 'sha1', 'q-ak': 'a', 'q-key-time': '1;2', 'q-signature': 'b' })],
  ['an answer that storage does not give', reply, { status: 304 }],
  ['a listing', reply, { status: 200, body: '<ListBucketResult></ListBucketResult>' }],
  ['an empty answer', reply, { status: 200 }],
  ['a web page', reply, { status: 200, body: '<html>', header: (name) => (/content-type/iu.test(name) ? 'text/html' : null) }],
  ['a text', reply, { status: 200, body: 'hello' }],
])('who reads Chinese is told in Chinese what is wrong: %s', async (_, answer, stored) => {
  const error = await errorOf(answer, stored)
  const { text } = explainError(error, zhCN, {
    item: { status: 'canceled', id: '', file, name: '', size: 1, type: '', relativePath: null, priority: 0 },
    format,
  })
  expect(withoutNames(text), text).not.toMatch(/[a-z]+ [a-z]+/iu)
})

test('what only core has words for stays English, in parentheses', async () => {
  const error = await errorOf(reply, { status: null })
  const { text } = explainError(error, zhCN, {
    item: { status: 'canceled', id: '', file, name: '', size: 1, type: '', relativePath: null, priority: 0 },
    format,
  })
  expect(text).toMatch(/（HTTP status unknown is no answer to POST Object）。/u)
})

test('names of headers have room beside them', () => {
  const headers = ['`ETag`', '`x-cos-hash-crc64ecma`']
  expect(zhCN.hiddenHeaders(format.list(headers))).toContain('`ETag` 和 `x-cos')
})
