import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { createPostForm, type PostForm } from '../form/post-form.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createNavigateTransport } from './navigate-transport.ts'

let lastId = 0
function prepare(query: string, file = new Blob([new Uint8Array(16_000)])): { form: PostForm; id: string } {
  const id = `${Date.now()}-leaving-${++lastId}`
  const fields: [string, string][] = [
    ['key', 'a/b.txt'],
    ['success_action_redirect', `${location.origin}/landed`],
    // Names that hide what a form itself can do.
    ['submit', 'Upload'],
    ['remove', 'x'],
  ]
  return { id, form: createPostForm({ action: `${inject('echoUrl')}/?id=${id}${query}`, fields, file, filename: 'b.txt' }) }
}
const seen = (id: string, until = 'body'): Promise<Response> => fetch(`${inject('echoUrl')}/seen?id=${id}&until=${until}`)
const ignore = { signal: new AbortController().signal, onProgress: () => {} }

// The page that is to be left.
let inner: Window
beforeEach(() => {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  if (frame.contentWindow === null) throw new Error('no frame')
  inner = frame.contentWindow
})
afterEach(() => document.querySelector('iframe')?.remove())

test('a page that is not left after all (a 204, a download, a visitor who wants to stay) is waited for no longer than any other reply', async () => {
  const clock = createManualClock()
  const { form, id } = prepare('&status=204')
  const sending = createNavigateTransport({ window: inner, clock, replyTimeout: 5_000 })(form, ignore)
  const settled = vi.fn<() => void>()
  sending.then(settled, settled)
  await seen(id)
  await clock.advance(5_999)
  expect(settled).not.toHaveBeenCalled()
  await clock.advance(1)
  await expect(sending).rejects.toMatchObject({ code: 'outcome-unknown', details: { key: 'a/b.txt' } })
  expect(inner.document.querySelectorAll('form')).toHaveLength(0)
})

test('canceling ends the wait for a page to be left', async () => {
  const clock = createManualClock()
  const controller = new AbortController()
  const { form, id } = prepare('&hold=1')
  const sending = createNavigateTransport({ window: inner, clock })(form, { ...ignore, signal: controller.signal })
  await seen(id)
  expect(clock.pending()).toBe(1)
  controller.abort()
  await expect(sending).rejects.toMatchObject({ code: 'aborted' })
  expect(clock.pending()).toBe(0)
  // The page stays.
  expect(await (await seen(id, 'closed')).json()).toMatchObject({ closed: true })
})

/** Each read of it comes to that. */
const readTo = (read: () => Promise<ArrayBuffer>): File =>
  Object.defineProperty(new File(['hello'], 'b.txt'), 'slice', { value: () => ({ arrayBuffer: read }) })

test('no page is left for a file that was canceled while it was read, or cannot be', async () => {
  const controller = new AbortController()
  const canceled = prepare(
    '',
    readTo(async () => (controller.abort(), new ArrayBuffer(1))),
  )
  const send = createNavigateTransport({ window: inner, clock: createManualClock() })
  await expect(send(canceled.form, { ...ignore, signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' })
  const gone = prepare(
    '',
    readTo(() => Promise.reject(new DOMException('', 'NotFoundError'))),
  )
  await expect(send(gone.form, ignore)).rejects.toMatchObject({ code: 'file-unreadable' })
  expect(await Promise.all([canceled, gone].map(async ({ id }) => (await seen(id, 'now')).json()))).toMatchObject([{ posts: 0 }, { posts: 0 }])
})

test('a page that shows for the first time while it is being left is no page that somebody came back to', async () => {
  const { form, id } = prepare('&hold=1')
  const sending = createNavigateTransport({ window: inner, clock: createManualClock() })(form, ignore)
  const settled = vi.fn<(error: unknown) => void>()
  const over = sending.catch(settled)
  await seen(id)
  inner.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))
  await seen(id)
  expect(settled).not.toHaveBeenCalled()
  inner.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await over
  expect(settled).toHaveBeenCalledWith(expect.objectContaining({ code: 'outcome-unknown' }))
})

test('a file that is added while the page is being left does not end the upload that leaves it', async () => {
  const clock = createManualClock()
  const order: string[] = []
  const send = (name: string, form: PostForm, signal = ignore.signal): Promise<unknown> =>
    createNavigateTransport({ window: inner, clock })(form, { signal, onProgress: () => order.push(`${name} is sent`) }).catch(() =>
      order.push(`${name} ended`),
    )
  const [first, second, third] = [prepare('&hold=1'), prepare('&hold=1'), prepare('&hold=1')]
  const impatient = new AbortController()
  const leaving = send('first', first.form)
  await seen(first.id)
  const canceled = send('second', second.form, impatient.signal)
  void send('third', third.form)
  // As long as reading a file takes.
  await third.form.file.arrayBuffer()
  impatient.abort()
  await canceled
  await clock.advance(200_000)
  await leaving
  await seen(third.id)
  expect(order).toEqual(['first is sent', 'second ended', 'first ended', 'third is sent'])
})
