import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HashReply, HashRequest } from './hash-messages.ts'

/** Says what it is told to. */
class ToldWorker extends EventTarget {
  static made: ToldWorker[] = []
  readonly asked: HashRequest[] = []
  ended = false
  readonly options: WorkerOptions | undefined
  constructor(_address: URL, options?: WorkerOptions) {
    super()
    this.options = options
    ToldWorker.made.push(this)
  }
  postMessage(request: HashRequest): void {
    this.asked.push(request)
  }
  say(data: HashReply): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
  terminate(): void {
    this.ended = true
  }
}

beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  ToldWorker.made = []
  vi.stubGlobal('Worker', ToldWorker)
  // A page.
  vi.stubGlobal('XMLHttpRequest', class {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const { signal } = new AbortController()
const nine = new Blob(['123456789'])
const crcOfNine = { crc64: '11051210869376104954' }

test('a Next.js app of both routers, built by webpack, has no error in its console: workers of one name would be one file', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const hashing = workerHasher(nine, { signal })
  expect(ToldWorker.made.map(({ options }) => options)).toEqual([{ type: 'module' }])
  ToldWorker.made[0]?.say({ kind: 'done', id: 1, hex: 'ff' })
  await hashing
})

test('the worker reads a canceled file no further, and nothing listens any more', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const controller = new AbortController()
  const hashing = workerHasher(nine, { signal: controller.signal })
  controller.abort()
  await expect(hashing).rejects.toMatchObject({ code: 'aborted' })
  expect(ToldWorker.made[0]?.asked.map(({ kind, id }) => [kind, id])).toEqual([
    ['hash', 1],
    ['cancel', 1],
  ])
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  // What was on its way.
  ToldWorker.made[0]?.say({ kind: 'progress', id: 1, hashedBytes: 4 })
  expect(vi.getTimerCount()).toBe(0)
})

test('a file that was canceled before is not read at all', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  await expect(workerHasher(nine, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
  expect(ToldWorker.made).toEqual([])
})

test('a large file is left to the worker for as long as that says now and then how far it is', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const hashing = workerHasher(nine, { signal })
  const [worker] = ToldWorker.made
  for (let minute = 0; minute < 60; minute += 1) {
    await vi.advanceTimersByTimeAsync(20_000)
    worker?.say({ kind: 'progress', id: 1, hashedBytes: minute })
  }
  expect(worker?.ended).toBe(false)
  worker?.say({ kind: 'done', id: 1, hex: 'ff' })
  expect(await hashing).toEqual({ crc64: '255' })
})

test('a worker that is not heard of is given up however many files come meanwhile', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const hashing = [workerHasher(nine, { signal })]
  for (let more = 0; more < 3; more += 1) {
    await vi.advanceTimersByTimeAsync(10_000)
    hashing.push(workerHasher(nine, { signal }))
  }
  expect(ToldWorker.made.map(({ ended }) => ended)).toEqual([true])
  vi.useRealTimers()
  expect(await Promise.all(hashing)).toEqual(Array(4).fill(crcOfNine))
})

test('a worker that is not heard of any more when some files are hashed is given up for the others', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const [first, second] = [workerHasher(nine, { signal }), workerHasher(nine, { signal })]
  ToldWorker.made[0]?.say({ kind: 'done', id: 1, hex: 'ff' })
  await first
  await vi.advanceTimersByTimeAsync(30_000)
  expect(ToldWorker.made.map(({ ended }) => ended)).toEqual([true])
  vi.useRealTimers()
  expect(await second).toEqual(crcOfNine)
})

test('an uploader that is destroyed does not end the worker that hashes for another one', async () => {
  const { releaseHashWorker, workerHasher } = await import('./worker-hasher.ts')
  const hashing = workerHasher(nine, { signal })
  releaseHashWorker()
  expect(ToldWorker.made[0]?.ended).toBe(false)
  ToldWorker.made[0]?.say({ kind: 'done', id: 1, hex: 'ff' })
  await hashing
  releaseHashWorker()
  expect(ToldWorker.made[0]?.ended).toBe(true)
})

test('what a worker says at last that was let go of takes nothing from the next one', async () => {
  const { releaseHashWorker, workerHasher } = await import('./worker-hasher.ts')
  const first = workerHasher(nine, { signal })
  ToldWorker.made[0]?.say({ kind: 'done', id: 1, hex: 'ff' })
  await first
  releaseHashWorker()
  const second = workerHasher(nine, { signal })
  ToldWorker.made[0]?.dispatchEvent(new Event('error'))
  expect(ToldWorker.made[1]?.ended).toBe(false)
  ToldWorker.made[1]?.say({ kind: 'done', id: 2, hex: 'fe' })
  expect(await second).toEqual({ crc64: '254' })
  const third = workerHasher(nine, { signal })
  expect(ToldWorker.made[1]?.asked.map(({ id }) => id)).toEqual([2, 3])
  ToldWorker.made[1]?.say({ kind: 'done', id: 3, hex: 'fd' })
  expect(await third).toEqual({ crc64: '253' })
})

test('after a worker that fell silent another one is tried, which is waited for no longer, and no third if that said nothing at all', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  // On a drive that hangs.
  void workerHasher(Object.assign(new Blob(['1']), { arrayBuffer: () => new Promise<never>(() => {}) }), { signal })
  ToldWorker.made[0]?.say({ kind: 'ready' })
  await vi.advanceTimersByTimeAsync(30_000)
  const second = workerHasher(nine, { signal })
  await vi.advanceTimersByTimeAsync(30_000)
  expect(ToldWorker.made.map(({ ended }) => ended)).toEqual([true, true])
  vi.useRealTimers()
  expect([await second, await workerHasher(nine, { signal })]).toEqual([crcOfNine, crcOfNine])
  expect(ToldWorker.made).toHaveLength(2)
})

test('that a worker may not use WebAssembly is not the fault of the file: nobody has to choose that again', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const hashing = workerHasher(nine, { signal })
  ToldWorker.made[0]?.say({ kind: 'failed', id: 1, unreadable: false, problem: 'CompileError: refused' })
  await expect(hashing).rejects.toMatchObject({ code: 'form-invalid', message: expect.stringMatching(/CompileError: refused.*wasm-unsafe-eval/) })
})

test('a worker that breaks is told to no error reporting of the app, and none is started again for each file', async () => {
  const { workerHasher } = await import('./worker-hasher.ts')
  const hashing = workerHasher(nine, { signal })
  const broken = new Event('error', { cancelable: true })
  ToldWorker.made[0]?.dispatchEvent(broken)
  expect(broken.defaultPrevented).toBe(true)
  vi.useRealTimers()
  expect([await hashing, await workerHasher(nine, { signal })]).toEqual([crcOfNine, crcOfNine])
  expect(ToldWorker.made.map(({ ended }) => ended)).toEqual([true])
})

test('where the page’s rules forbid workers that is asked once, not for each file: each time is reported to the app', async () => {
  const forbidden = vi.fn<() => void>()
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        forbidden()
        throw new DOMException('worker-src', 'SecurityError')
      }
    },
  )
  const { workerHasher } = await import('./worker-hasher.ts')
  vi.useRealTimers()
  expect([await workerHasher(nine, { signal }), await workerHasher(nine, { signal })]).toEqual([crcOfNine, crcOfNine])
  expect(forbidden).toHaveBeenCalledTimes(1)
})
