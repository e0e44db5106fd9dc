import { afterEach, expect, test, vi } from 'vitest'
import type { HashReply, HashRequest } from './hash-messages.ts'

/** What Deno and Bun have: while it runs, so does the process. */
class ProcessWorker extends EventTarget {
  static readonly running = new Set<ProcessWorker>()
  static started = 0
  constructor() {
    super()
    ProcessWorker.running.add(this)
    ProcessWorker.started++
  }
  postMessage(request: HashRequest): void {
    if (request.kind !== 'hash') return
    const data: HashReply = { kind: 'done', id: request.id, hex: '1' }
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })))
  }
  terminate(): void {
    ProcessWorker.running.delete(this)
  }
}

afterEach(() => vi.unstubAllGlobals())

test('lets the process of a script in Deno or Bun end when its files are hashed', async () => {
  vi.stubGlobal('Worker', ProcessWorker)
  const { workerHasher } = await import('./worker-hasher.ts')
  const options = { signal: new AbortController().signal }
  await Promise.all([workerHasher(new Blob(['a']), options), workerHasher(new Blob(['b']), options)])
  expect([ProcessWorker.started, ProcessWorker.running.size]).toEqual([1, 0])
  expect(await workerHasher(new Blob(['c']), options)).toEqual({ crc64: '1' })
  expect([ProcessWorker.started, ProcessWorker.running.size]).toEqual([2, 0])
})
