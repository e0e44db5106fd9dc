import { expect, test, vi } from 'vitest'
import { workerHasher } from './worker-hasher.ts'

/** One that begins, and that the system ends in the middle: no page is told. */
class EndedWorker extends EventTarget implements Worker {
  onmessage = null
  onmessageerror = null
  onerror = null
  postMessage(): void {
    for (const data of [{ kind: 'ready' }, { kind: 'progress', id: 1, hashedBytes: 4 }]) this.dispatchEvent(new MessageEvent('message', { data }))
  }
  terminate(): void {}
}

test('goes on with the page when the worker is not heard of any more, so that no upload waits for it without end', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(globalThis, 'Worker').mockImplementation(function () {
    return new EndedWorker()
  })
  const crc = workerHasher(new Blob(['123456789']), { signal: new AbortController().signal })
  await vi.advanceTimersByTimeAsync(30_000)
  vi.useRealTimers()
  expect(await crc).toEqual({ crc64: '11051210869376104954' })
})

test('starts another worker for the next file, so that one drive that hangs does not put all that follow on the page’s own thread', async () => {
  vi.mocked(Worker).mockRestore()
  const started = vi.spyOn(globalThis, 'Worker')
  expect(await workerHasher(new Blob(['123456789']), { signal: new AbortController().signal })).toEqual({ crc64: '11051210869376104954' })
  expect(started).toHaveBeenCalledTimes(1)
})
