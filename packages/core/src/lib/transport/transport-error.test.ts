import { afterEach, expect, test, vi } from 'vitest'
import { abortedError } from '../aborted-error.ts'
import { createPostForm } from '../form/post-form.ts'
import { brokenOnTheWay, networkError } from './explain-failure.ts'
import { failure, fileChanged } from './transport-error.ts'

const form = createPostForm({
  action: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/',
  fields: [['key', 'a/b.txt']],
  file: new Blob(['hello']),
  filename: 'b.txt',
})
const url = form.action

afterEach(() => {
  vi.doUnmock('../failures.ts')
  vi.resetModules()
})

test('a failure says what happened and what to do', async () => {
  expect(await failure(form, 'network', { probe: null, url })).toMatchObject({ code: 'network', message: expect.stringContaining(url) })
  expect(await failure(form, 'stalled', { idleMs: 30_000, sent: 7 })).toMatchObject({
    code: 'stalled',
    message: 'No byte was taken for 30 s: the network is stuck after 7 bytes of the file. Try again.',
    details: { idleMs: 30_000, sent: 7 },
  })
  expect(await failure(form, 'outcome-unknown', { probe: null, url, key: 'a/b.txt' })).toMatchObject({
    code: 'outcome-unknown',
    message: expect.stringMatching(/"a\/b\.txt" may be stored.*before sending it again\.$/),
    details: { probe: null, url, key: 'a/b.txt' },
  })
  expect(await fileChanged(form)).toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining('choose it again'),
    details: { name: 'b.txt' },
  })
})

test('a browser that does not tell what was sent is said not to, and who looks further is told', async () => {
  expect(await failure(form, 'outcome-unknown', { probe: null, url, key: 'a/b.txt', sentUnknown: true })).toMatchObject({
    code: 'outcome-unknown',
    message: expect.stringContaining('this browser does not tell how much of the file was sent'),
    details: { sentUnknown: true },
  })
})

test('where a reply was lost that may have led to a landing page, its CORS headers are named, and nowhere else', async () => {
  const details = { probe: null, url, key: 'a/b.txt' }
  const words = 'The landing page of success_action_redirect may also lack CORS headers'
  const landing = 'https://my.website/landed'
  expect((await failure({ ...form, landing }, 'outcome-unknown', details)).message).toContain(words)
  expect((await failure(form, 'outcome-unknown', details)).message).not.toContain(words)
})

test('a runtime that names its reasons is believed: no rule of the page or the bucket is suspected', () => {
  const cause = new Error('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  expect(networkError(form, cause)).toMatchObject({
    message: `The connection failed before the file was sent. There is no way to ${url}: see its cause.`,
    cause,
  })
  expect(networkError(form).message).toContain('Content-Security-Policy')
})

test.each([
  [true, ', and the browser does not tell whether all of the file was sent by then'],
  [undefined, ' before all of the file was sent'],
])('of a connection that broke on a way that works it is said whether the file may be out (%s)', (sentUnknown, words) => {
  expect(brokenOnTheWay(networkError(form, undefined, null, sentUnknown)).message).toContain(
    `The connection failed${words}. ${url} has answered this page`,
  )
})

test('a connection that failed because of the file is the file’s failure', async () => {
  const file = Object.defineProperty(new Blob(['hello']), 'slice', { value: () => new Blob([]) })
  expect(await failure({ ...form, file }, 'network', { probe: null, url })).toMatchObject({ code: 'file-unreadable' })
})

test('where nothing more can be loaded, code and details are told all the same', async () => {
  vi.resetModules()
  vi.doMock('../failures.ts', () => {
    throw new Error('offline')
  })
  const fresh = await import('./transport-error.ts')
  const details = { probe: null, url, key: 'a/b.txt' }
  const message = 'The upload failed: outcome-unknown. Check the connection.'
  expect(await fresh.failure(form, 'outcome-unknown', details)).toMatchObject({ name: 'CosUploadError', code: 'outcome-unknown', details, message })
})

test('who canceled may have said why', () => {
  const reason = new Error('left the page')
  expect(abortedError(AbortSignal.abort(reason))).toMatchObject({ code: 'aborted', details: { reason: 'left the page' }, cause: reason })
  expect(abortedError(AbortSignal.abort('enough')).details.reason).toBe('enough')
})
