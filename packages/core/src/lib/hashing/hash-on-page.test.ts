import { afterEach, expect, test, vi } from 'vitest'

// Node has no workers as browsers have them: what is hashed here is hashed on the page.
afterEach(() => {
  vi.useRealTimers()
  vi.doUnmock('./hash-file.ts')
  vi.resetModules()
})

const { signal } = new AbortController()

test('where no worker can run, too, a file that was deleted is told as that: it is to be chosen again', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const deleted = Object.assign(new Blob(['1']), { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) })
  await expect(workerHasher(deleted, { signal })).rejects.toMatchObject({ code: 'file-unreadable' })
})

test('a server of the page that never answers with what hashes there holds no file for ever', async () => {
  vi.doMock('./hash-file.ts', () => new Promise(() => {}))
  const { workerHasher } = await import('./worker-hasher.ts')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const ended = vi.fn<(error: unknown) => void>()
  void workerHasher(new Blob(['1']), { signal }).catch(ended)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(String(ended.mock.lastCall)).toContain('did not load in time')
})

test('where no worker can run, bytes that are there at once do not keep the page from its other work: each piece is a task of its own', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const bytes = new Uint8Array(16 * 512 * 1024)
  let pieces = 0
  const pull = (stream: ReadableByteStreamController): void => {
    const left = bytes.byteLength - pieces * 512 * 1024
    if (left === 0) stream.close()
    else pieces += 1
    stream.byobRequest?.respond(left && 512 * 1024)
  }
  const file = Object.assign(new Blob([bytes]), { stream: () => new ReadableStream({ type: 'bytes', pull }) })
  let turns = 0
  let looking = setImmediate(function look() {
    turns += 1
    looking = setImmediate(look)
  })
  await workerHasher(file, { signal }).finally(() => clearImmediate(looking))
  expect(pieces).toBe(16)
  expect(turns).toBeGreaterThanOrEqual(pieces)
})
