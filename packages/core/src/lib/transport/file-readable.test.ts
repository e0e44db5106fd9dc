import { afterEach, expect, test, vi } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createUploaderFixture, files } from '../testing/uploader-fixture.ts'
import { createFetchTransport } from './fetch-transport.ts'
import { failure } from './transport-error.ts'

/** On a drive that has gone away: whoever reads it waits. */
function stuck(name: string): File {
  const never = { arrayBuffer: () => new Promise<ArrayBuffer>(() => {}) }
  return Object.defineProperty(new File(['hello'], name), 'slice', { value: () => never })
}

afterEach(() => vi.useRealTimers())

test('a file that cannot be read to an end, and is canceled, gives its slot away', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const sent: unknown[] = []
  const transport = createFetchTransport({
    clock: createManualClock(),
    fetch(_url, init) {
      const file = init.body instanceof FormData ? init.body.get('file') : null
      sent.push(file instanceof File && file.name)
      return Promise.resolve(new Response(null, { status: 204 }))
    },
  })
  const { uploader, statuses, run } = createUploaderFixture({ transport, concurrency: 1 })
  const [first] = uploader.add([stuck('stuck.bin'), ...files(['b'])])
  await run()
  uploader.cancel(first)
  await vi.advanceTimersByTimeAsync(6_000)
  vi.useRealTimers()
  await run()
  expect([sent, statuses()]).toEqual([['b'], ['canceled', 'success']])
})

test('a connection that broke is told though the file cannot be read to an end', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const form = createPostForm({ action: 'https://host/', fields: [['key', 'a']], file: stuck('a'), filename: 'a' })
  const told = vi.fn<(error: unknown) => void>()
  void failure(form, 'network', { probe: null, url: form.action }).then(told)
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
  await vi.advanceTimersByTimeAsync(6_000)
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ code: 'network' }))
})

/** As WebKit's while the page goes: refused, until it comes back from the back/forward cache. */
function refusedOnce(name: string): File {
  const refused = new DOMException('The I/O read operation failed.', 'NotReadableError')
  const arrayBuffer = vi.fn<() => Promise<ArrayBuffer>>().mockRejectedValueOnce(refused).mockResolvedValue(new ArrayBuffer(1))
  return Object.defineProperty(new File(['hello'], name), 'slice', { value: () => ({ arrayBuffer }) })
}

test('who leaves a page in mid-upload and comes back is not told that the file was changed: it is sent again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const form = createPostForm({ action: 'https://host/', fields: [['key', 'a']], file: refusedOnce('a'), filename: 'a' })
  const told = vi.fn<(error: unknown) => void>()
  void failure(form, 'network', { probe: null, url: form.action }).then(told)
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ code: 'network' }))
  expect(vi.getTimerCount()).toBe(0)
})

test('a file that Firefox does not find is unreadable, by whatever name that calls it', async () => {
  const gone = new DOMException('Component returned failure code: 0x80520012', 'NS_ERROR_FILE_NOT_FOUND')
  const file = Object.defineProperty(new File(['hello'], 'a'), 'slice', { value: () => ({ arrayBuffer: () => Promise.reject(gone) }) })
  const form = createPostForm({ action: 'https://host/', fields: [['key', 'a']], file, filename: 'a' })
  expect(await failure(form, 'network', { probe: null, url: form.action })).toMatchObject({ code: 'file-unreadable' })
})
