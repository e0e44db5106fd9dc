import { expect, onTestFinished, test, vi } from 'vitest'
import { createPostForm, type PostForm } from '../form/post-form.ts'
import { chooseWay, sendForLanding } from './redirect-transport.ts'

const page = 'https://app.example.com'
const form = (redirect: string): PostForm =>
  createPostForm({
    action: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/',
    fields: [
      ['key', 'a'],
      ['Success_Action_Redirect', redirect],
    ],
    file: new Blob(['x']),
    filename: 'x',
  })

test('the way that shows most of where the form lands is taken', () => {
  expect(chooseWay(form('https://app.example.com/landed?x=1'), page)).toBe('iframe')
  expect(chooseWay(form('https://other.example.com/landed'), page)).toBe('fetch')
  expect(chooseWay(form('http://app.example.com/landed'), page)).toBe('fetch')
})

test('without a page, or with a redirect that is no URL, fetch shows what there is', () => {
  expect(chooseWay(form('https://app.example.com/landed'), null)).toBe('fetch')
  expect(chooseWay(form('landed'), page)).toBe('fetch')
})

test('a page in a sandbox has no origin, whatever its address: a frame of its own could not be read', async () => {
  vi.stubGlobal('location', { origin: page })
  vi.stubGlobal('origin', 'null')
  vi.stubGlobal('document', {})
  const landed = Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' })
  vi.stubGlobal('fetch', () => Promise.resolve(landed))
  onTestFinished(() => void vi.unstubAllGlobals())
  const sending = { signal: new AbortController().signal, onProgress: () => {} }
  await expect(sendForLanding(form(`${page}/landed`), sending, {})).resolves.toMatchObject({ via: 'fetch' })
})

test('a worker has the origin of its page and no frames: there a file is sent for the page’s own landing page, too', async () => {
  vi.stubGlobal('origin', page)
  vi.stubGlobal('fetch', () => Promise.resolve(Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' })))
  onTestFinished(() => void vi.unstubAllGlobals())
  const sending = { signal: new AbortController().signal, onProgress: () => {} }
  await expect(sendForLanding(form(`${page}/landed`), sending, {})).resolves.toMatchObject({ via: 'fetch' })
})
