import { expect, test, vi } from 'vitest'
import { workerHasher } from './worker-hasher.ts'

/** What a page has whose server does not answer the request for the worker's script: no error, no message, for minutes. */
class SilentWorker extends EventTarget implements Worker {
  onmessage = null
  onmessageerror = null
  onerror = null
  postMessage(): void {}
  terminate(): void {}
}

test('goes on with the page when the script of the worker does not come', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(globalThis, 'Worker').mockImplementation(function () {
    return new SilentWorker()
  })
  const crc = workerHasher(new Blob(['123456789']), { signal: new AbortController().signal })
  await vi.advanceTimersByTimeAsync(30_000)
  vi.useRealTimers()
  expect(await crc).toEqual({ crc64: '11051210869376104954' })
})
