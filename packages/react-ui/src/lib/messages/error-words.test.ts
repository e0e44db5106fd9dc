import { createFormat } from '../format/format.ts'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zhCN } from './zh-cn.ts'

const file = { id: 'a', file: new Blob(), name: 'a.bin', size: 6 * 2 ** 30, type: '', relativePath: null, priority: 0 }
const format = createFormat('en', en.units)
const context = { item: { ...file, status: 'queued' } as const, format }

test('who has a file that no POST can take is not told to raise the limit of the policy', () => {
  const field = 'content-length-range'
  const details = { field, condition: field, expected: `0 to ${5 * 2 ** 30} bytes`, actual: String(file.size) }
  expect(en.errors['policy-mismatch'](details, context).text).not.toContain('raise')
})

test.each([en, zhCN])('who has a file of one byte too many is not told that 20 MB are more than 20 MB ($locale)', ({ errors }) => {
  const details = { field: 'content-length-range', condition: '', expected: `0 to ${20 * 2 ** 20} bytes`, actual: '' }
  const oneMore = { item: { ...context.item, size: 20 * 2 ** 20 + 1 }, format }
  expect(errors['policy-mismatch'](details, oneMore).text.replaceAll('\u00a0', ' ')).toMatch(/ 1 B.*20 MB/u)
})

test.each([en, zhCN])('who has a file whose receipt is refused is not told that a retry does not send it twice ($locale)', ({ errors }) => {
  const details = { status: 403, outcome: null, problem: '' }
  const promise = errors['confirm-failed']({ ...details, serverCode: 'not-authorized' }, context)
  expect(errors['confirm-failed']({ ...details, serverCode: 'receipt-invalid' }, context)).not.toEqual(promise)
})

test.each([en, zhCN])('who has a file of which the browser did not tell whether it went out is not told that it did not ($locale)', ({ errors }) => {
  const details = { probe: null, url: '' }
  expect(errors.network({ ...details, sentUnknown: true }, context)).not.toEqual(errors.network(details, context))
})

test.each([
  [en, 'ad blocker'],
  [zhCN, '广告拦截'],
])('who cannot reach storage is told to look at what the browser blocks by itself, too', ({ errors }, words) => {
  expect(errors.network({ probe: 'unreachable', url: '' }, context).text).toContain(words)
})

test.each([
  [en, 'Sign in again'],
  [zhCN, '重新登录'],
])('who was led to a login page is told to sign in: most sessions end so', ({ errors }, words) => {
  const details = { url: '/api/policy', problem: 'it answered HTML instead of JSON (a login page, or the index page for an unknown path?)' }
  expect(errors['policy-malformed']({ ...details, status: 200 }, context).text).toContain(words)
  expect(errors['policy-malformed']({ ...details, problem: '"posts" is missing', status: null }, context).text).not.toContain(words)
})

test.each([
  [en, 'before the whole file was sent'],
  [zhCN, '尚未全部发出'],
])('who sent all of a file that is surely not stored is not told that it was not all sent', ({ errors }, words) => {
  expect(errors.network({ probe: null, url: 'https://bucket.example/' }, context).text).not.toContain(words)
})

test.each([
  [en, 'Look for the file'],
  [zhCN, '请先确认'],
])('who got a page in place of storage’s answer is told to look for the file first: it may be stored', ({ errors }, words) => {
  expect(errors['reply-malformed']({ status: 200, problem: 'it is a web page' }, context).text).toContain(words)
})

test.each([
  [en, 'which request'],
  [zhCN, '请求 ID'],
])('who was refused by something on the way is not sent to look for a request id that it did not give', ({ errors }, words) => {
  const details = { status: 413, problem: 'other', serviceCode: null, serviceMessage: null, traceId: null, resource: null, retryAfter: null } as const
  expect(errors.service({ ...details, requestId: 'NWNl' }, context).text).toContain(words)
  expect(errors.service({ ...details, requestId: null }, context).text).not.toContain(words)
})

test.each([
  [en, 'reload the page'],
  [zhCN, '刷新页面'],
])('who lacks a part of the page is told what helps: browsers do not ask again for what failed to load once', ({ errors }, words) => {
  expect(errors.network({ probe: null, url: '' }, context).text).toContain(words)
  expect(errors.network({ probe: null, url: 'https://bucket.example/' }, context).text).not.toContain(words)
})

test.each([en, zhCN])('who asked an endpoint that is not there is told the status, not only to sign in ($locale)', ({ errors }) => {
  const details = { url: '/api/polcy', serverCode: null, serverMessage: null }
  expect(errors['policy-refused']({ ...details, status: 404 }, context).text).toContain('HTTP 404')
  expect(errors['policy-refused']({ ...details, status: null }, context).text).not.toContain('HTTP')
})
