import { expect, test, vi } from 'vitest'
import type { HashRequest } from './hash-messages.ts'
import { workerHasher } from './worker-hasher.ts'

/** Answers at once, and says nothing where nothing is asked. */
class QuickWorker extends EventTarget implements Worker {
  onmessage = null
  onmessageerror = null
  onerror = null
  terminate = vi.fn<() => void>()
  postMessage({ id }: HashRequest): void {
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: { kind: 'done', id, hex: 'ff' } })))
  }
}

test('a worker that had nothing to do for long is not given up: the next file is hashed in it, not on the page', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const worker = new QuickWorker()
  vi.spyOn(globalThis, 'Worker').mockImplementation(function () {
    return worker
  })
  const { signal } = new AbortController()
  await workerHasher(new Blob(['a']), { signal })
  await vi.advanceTimersByTimeAsync(120_000)
  vi.useRealTimers()
  expect(await workerHasher(new Blob(['b']), { signal })).toEqual({ crc64: '255' })
  expect(worker.terminate).not.toHaveBeenCalled()
})
