import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { createPostForm, type PostForm } from '../form/post-form.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { readReply } from '../response/read-response.ts'
import type { UploadResult } from '../upload-result.ts'
import { createBrowserTransport, type BrowserTransportOptions } from './choose-transport.ts'
import { createNavigateTransport } from './navigate-transport.ts'

let lastId = 0
function prepare(redirect: string | null, query = '&redirect=1', file: Blob = new Blob(['hello'])): { form: PostForm; id: string } {
  const id = `${Date.now()}-ways-${++lastId}`
  const fields: [string, string][] = [['key', 'a/b.txt']]
  if (redirect !== null) fields.push(['success_action_redirect', redirect])
  return { id, form: createPostForm({ action: `${inject('echoUrl')}/?id=${id}${query}`, fields, file, filename: 'b "x".txt' }) }
}

const ignore = { signal: new AbortController().signal, onProgress: () => {} }
async function upload(form: PostForm, options: BrowserTransportOptions = {}): Promise<UploadResult> {
  return readReply(await createBrowserTransport(options)(form, ignore), form)
}
const seen = async (
  id: string,
  until = 'body',
): Promise<{ parts: { name: string; filename: string | null; size: number; value: string | null }[] }> =>
  (await fetch(`${inject('echoUrl')}/seen?id=${id}&until=${until}`)).json()

// A page of this origin that can be framed and keeps its query. What it says does not matter.
const ownLanding = `${location.origin}/landed`

test('without a redirect: XHR, with headers', async () => {
  expect(await upload(prepare(null, '').form)).toMatchObject({ via: 'xhr', status: 204, requestId: 'NWNlZWFi' })
})

test('with an empty redirect, or another way asked for, that is what is sent', async () => {
  expect(await upload(prepare('', '').form)).toMatchObject({ via: 'xhr', status: 204 })
  expect(await upload(prepare(null, '').form, { way: 'fetch' })).toMatchObject({ via: 'fetch', status: 204 })
})

test("to a landing page of this origin: a hidden iframe reads the address, and the form is the same as XHR's", async () => {
  const { form, id } = prepare(ownLanding)
  expect(await upload(form)).toMatchObject({
    via: 'iframe',
    status: null,
    key: 'a/b.txt',
    bucket: 'examplebucket-1250000000',
    etag: expect.stringMatching(/^"[\da-f]{32}"$/),
  })
  expect((await seen(id)).parts).toMatchObject([
    { name: 'key', value: 'a/b.txt' },
    { name: 'success_action_redirect', value: ownLanding },
    { name: 'file', filename: 'b %22x%22.txt', size: 5 },
  ])
  expect(document.querySelectorAll('form, iframe')).toHaveLength(0)
})

test('to another origin: fetch proves that the object is stored', async () => {
  const { form, id } = prepare(`${inject('landingUrl')}/plain`)
  expect(await upload(form)).toMatchObject({ via: 'fetch', status: null, key: 'a/b.txt', etag: null })
  expect((await seen(id)).parts.at(-1)).toMatchObject({ name: 'file', size: 5 })
})

test('to another origin that allows "Origin: null": XHR follows and reads the address', async () => {
  const result = await upload(prepare(`${inject('landingUrl')}/cors`).form, { landingAllowsCors: true })
  expect(result).toMatchObject({ via: 'xhr', key: 'a/b.txt', etag: expect.stringMatching(/^"[\da-f]{32}"$/) })
})

test('XHR to a landing page without CORS cannot see that the object is stored, and says so', async () => {
  const sending = upload(prepare(`${inject('landingUrl')}/plain`).form, { way: 'xhr' })
  await expect(sending).rejects.toMatchObject({ code: 'outcome-unknown', message: expect.stringContaining('success_action_redirect') })
})

test('an iframe that lands on another origin is unreadable', async () => {
  const sending = upload(prepare(`${inject('landingUrl')}/plain`).form, { way: 'iframe' })
  await expect(sending).rejects.toMatchObject({ code: 'redirect-unreadable', details: { url: `${inject('landingUrl')}/plain` } })
})

test('an iframe that shows a refusal is unreadable, and never a success', async () => {
  const sending = upload(prepare(ownLanding, '&status=403&type=text/plain&body=no').form)
  await expect(sending).rejects.toMatchObject({ code: 'redirect-unreadable' })
})

test.each(['iframe', 'navigation'] as const)('the %s way refuses a form without a redirect, since it would never hear anything', async (way) => {
  await expect(upload(prepare(null).form, { way })).rejects.toMatchObject({ code: 'form-invalid', details: { field: 'success_action_redirect' } })
})

test('the iframe is never seen, whatever the app’s styles make of frames', async () => {
  const style = document.createElement('style')
  style.textContent = 'div, form, iframe { display: block }'
  document.head.append(style)
  onTestFinished(() => style.remove())
  const controller = new AbortController()
  const { form, id } = prepare(ownLanding, '&hold=1')
  const sending = createBrowserTransport()(form, { ...ignore, signal: controller.signal })
  await seen(id)
  const frame = document.querySelector('iframe[name^=cosdrop]')
  expect([frame?.checkVisibility(), document.querySelector('form')?.checkVisibility()]).toEqual([false, false])
  controller.abort()
  await expect(sending).rejects.toMatchObject({ code: 'aborted' })
})

test('by an iframe nothing is sent of a file that is canceled while it is looked at, or cannot be read', async () => {
  const added = vi.spyOn(document.body, 'append')
  onTestFinished(() => added.mockRestore())
  const controller = new AbortController()
  const sending = createBrowserTransport()(prepare(ownLanding).form, { ...ignore, signal: controller.signal })
  controller.abort()
  await expect(sending).rejects.toMatchObject({ code: 'aborted' })
  const broken = Object.defineProperty(new Blob(['hello']), 'slice', { value: () => new Blob([]) })
  await expect(upload(prepare(ownLanding, '', broken).form)).rejects.toMatchObject({ code: 'file-unreadable' })
  expect(added).not.toHaveBeenCalled()
})

test('an iframe that lands, or is canceled, is waited for no longer, and nothing holds on to its file', async () => {
  const clock = createManualClock()
  const listened = vi.spyOn(document, 'addEventListener')
  onTestFinished(() => listened.mockRestore())
  const controller = new AbortController()
  await createBrowserTransport({ clock })(prepare(ownLanding).form, ignore)
  expect(clock.pending()).toBe(0)
  const { form, id } = prepare(ownLanding, '&hold=1')
  const sending = createBrowserTransport({ clock })(form, { ...ignore, signal: controller.signal })
  await seen(id)
  expect(clock.pending()).toBe(1)
  controller.abort()
  await expect(sending).rejects.toMatchObject({ code: 'aborted' })
  expect(clock.pending()).toBe(0)
  const until = listened.mock.calls.map(([, , options]) => typeof options === 'object' && options.signal?.aborted)
  expect(until).toEqual([true, true])
})

test('of files that are sent by iframes at the same time each lands in its own', async () => {
  const results = await Promise.all(['one', 'two'].map((text) => upload(prepare(ownLanding, '&redirect=1', new Blob([text])).form)))
  expect(new Set(results.map(({ etag }) => etag)).size).toBe(2)
})

test('by an iframe it is told at once that nobody knows how much is out: after a reload the file is not sent again blindly', async () => {
  const told = vi.fn<(sent: number | null, phase: string) => void>()
  await createBrowserTransport()(prepare(ownLanding).form, { ...ignore, onProgress: told })
  expect(told.mock.calls).toEqual([[null, 'sending']])
})

test('an iframe that never lands is given up after a while, and its outcome is not known', async () => {
  const clock = createManualClock()
  // The frame stays where it is, and tells nobody.
  const { form, id } = prepare(ownLanding, '&status=204', new Blob([new Uint8Array(16_000)]))
  const sending = createBrowserTransport({ clock, replyTimeout: 5_000 })(form, ignore)
  const settled = vi.fn<() => void>()
  sending.then(settled, settled)
  await seen(id)
  await clock.advance(5_999)
  expect(settled).not.toHaveBeenCalled()
  await clock.advance(1)
  // CORS of the landing page is none of its business.
  await expect(sending).rejects.toMatchObject({ code: 'outcome-unknown', message: expect.not.stringContaining('CORS'), details: { key: 'a/b.txt' } })
  expect(document.querySelectorAll('form, iframe')).toHaveLength(0)
})

test('a landing page that never ends loading, for an image that does not come, has told all the same what was stored', async () => {
  const clock = createManualClock()
  const landed = new Promise<void>((resolve) => {
    const keepBack = (event: Event): void => {
      if (!(event.target instanceof HTMLIFrameElement) || event.target.contentWindow?.location.href === 'about:blank') return
      document.removeEventListener('load', keepBack, true)
      event.stopPropagation()
      resolve()
    }
    document.addEventListener('load', keepBack, true)
  })
  const { form } = prepare(ownLanding)
  const sending = createBrowserTransport({ clock, replyTimeout: 5_000 })(form, ignore)
  await landed
  await clock.advance(5_001)
  expect(await readReply(await sending, form)).toMatchObject({ via: 'iframe', key: 'a/b.txt', etag: expect.stringMatching(/^"[\da-f]{32}"$/) })
  expect(document.querySelectorAll('form, iframe')).toHaveLength(0)
})

test('canceling takes the iframe away and ends its connection', async () => {
  const controller = new AbortController()
  const { form, id } = prepare(ownLanding, '&hold=1')
  const sending = createBrowserTransport()(form, { ...ignore, signal: controller.signal })
  await seen(id)
  controller.abort()
  await expect(sending).rejects.toMatchObject({ code: 'aborted' })
  await seen(id, 'closed')
  expect(document.querySelectorAll('form, iframe')).toHaveLength(0)
})

test('a full navigation posts the same form from the page itself, and can be stopped', async () => {
  const controller = new AbortController()
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const inner = frame.contentWindow
  if (inner === null) throw new Error('no frame')
  const { form, id } = prepare(ownLanding)
  const left = new Promise((resolve) => frame.addEventListener('load', resolve))
  const sending = createNavigateTransport({ window: inner })(form, { ...ignore, signal: controller.signal })
  const settled = vi.fn<() => void>()
  sending.then(settled, settled)
  await left
  expect(new URL(frame.contentWindow?.location.href ?? '').searchParams.get('key')).toBe('a/b.txt')
  expect((await seen(id)).parts.at(-1)).toMatchObject({ name: 'file', size: 5 })
  expect(settled).not.toHaveBeenCalled()
  frame.remove()
})

test('a signed field that is called like a method of a form does not stop a native form', async () => {
  const landing = `${location.origin}/?bucket=b-1&key=k&etag=%22e%22`
  const fields = [
    ['key', 'k'],
    ['success_action_redirect', landing],
    ['submit', 'x'],
  ] as const
  const form = createPostForm({ action: landing, fields, file: new Blob(['x']), filename: 'a' })
  expect(await createBrowserTransport({ way: 'iframe' })(form, ignore)).toMatchObject({ via: 'iframe', url: landing })
})
