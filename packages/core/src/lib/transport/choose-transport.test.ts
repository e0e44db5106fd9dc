import { expect, onTestFinished, test, vi } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import { createBrowserTransport } from './choose-transport.ts'

const form = createPostForm({ action: 'https://b-1.cos.r.myqcloud.com/', fields: [['key', 'a']], file: new Blob(['x']), filename: 'a' })
const sending = { signal: new AbortController().signal, onProgress: () => {} }

test('where there is no XMLHttpRequest, as in Node and in service workers, a file is sent all the same', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 204, headers: { ETag: '"x"' } })))
  onTestFinished(() => void vi.unstubAllGlobals())
  const reply = await createBrowserTransport()(form, sending)
  expect(reply).toMatchObject({ status: 204, via: 'fetch' })
  expect(reply.header('ETag')).toBe('"x"')
})
