import { HEADERS_TO_EXPOSE, writeErrorXml } from '@cosdrop/protocol'
import { expect, test } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import { readReply } from './read-response.ts'

const form = createPostForm({
  action: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/',
  fields: [['key', 'a.txt']],
  file: new Blob(['x']),
  filename: 'a.txt',
})
// https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
const always = ['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma']

test.each([
  ['a refusal that says when to come again', 503, writeErrorXml({ code: 'SlowDown', message: '', resource: '', requestId: '', traceId: '' })],
  ['what a proxy answers', 502, '<h1>Bad gateway</h1>'],
])('all that is read of %s a page can read where its bucket exposes what it is told to', async (_what, status, body) => {
  const asked = new Set<string>()
  const header = (name: string): null => {
    asked.add(name.toLowerCase())
    return null
  }
  await readReply({ status, header, body, url: form.action, via: 'xhr' }, form).catch(() => {})
  expect(asked).not.toEqual(new Set())
  const readable = new Set([...always, ...HEADERS_TO_EXPOSE.map((name) => name.toLowerCase())])
  expect([...asked].filter((name) => !readable.has(name))).toEqual([])
})
