import { afterEach, expect, test, vi } from 'vitest'
import type { HashReply, HashRequest } from './hash-messages.ts'

/** As WebKit's while the page goes: no file can be read, until the page comes back from the back/forward cache. */
class RefusedWorker extends EventTarget {
  static refusals = 0
  static asked = 0
  postMessage({ kind, id }: HashRequest): void {
    if (kind !== 'hash') return
    const problem = 'NotReadableError: The I/O read operation failed.'
    const data: HashReply =
      RefusedWorker.asked++ < RefusedWorker.refusals ? { kind: 'failed', id, unreadable: true, problem } : { kind: 'done', id, hex: '1' }
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })))
  }
  terminate(): void {}
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What came of it, and how often the worker was asked. */
async function hashed(refusals: number): Promise<readonly [unknown, number]> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('Worker', RefusedWorker)
  Object.assign(RefusedWorker, { refusals, asked: 0 })
  const { workerHasher } = await import('./worker-hasher.ts')
  const ended = workerHasher(new Blob(['a']), { signal: new AbortController().signal }).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(2_000)
  return [await ended, RefusedWorker.asked]
}

test('who leaves a page while his file is hashed, and comes back, has it hashed', async () => {
  expect(await hashed(1)).toEqual([{ crc64: '1' }, 2])
})

test('a file that stays unreadable is asked for once more, and its error has one full stop after the reason', async () => {
  const message = expect.stringContaining('read operation failed. It was changed')
  expect(await hashed(9)).toEqual([expect.objectContaining({ code: 'file-unreadable', message }), 2])
})
