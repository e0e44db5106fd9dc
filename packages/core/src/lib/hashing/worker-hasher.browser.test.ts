import { afterEach, expect, test, vi } from 'vitest'
import { md5Base64 } from './md5-base64.ts'
import { releaseHashWorker, workerHasher } from './worker-hasher.ts'

const never = new AbortController().signal

afterEach(() => releaseHashWorker())

test('hashes in a worker and answers as COS does', async () => {
  const workers = vi.spyOn(globalThis, 'Worker')
  expect(await workerHasher(new Blob(['123456789']), { signal: never })).toEqual({ crc64: '11051210869376104954' })
  expect(await workerHasher(new Blob([]), { signal: never })).toEqual({ crc64: '0' })
  expect(workers).toHaveBeenCalledTimes(1)
})

test('one worker serves many files at once, and another starts after it was released', async () => {
  const workers = vi.spyOn(globalThis, 'Worker')
  const files = Array.from({ length: 30 }, (_, index) => new Blob([`${index}`.repeat(100_000)]))
  const crcs = await Promise.all(files.map((file) => workerHasher(file, { signal: never })))
  expect(new Set(crcs.map(({ crc64 }) => crc64)).size).toBe(30)
  expect(workers).toHaveBeenCalledTimes(1)
  releaseHashWorker()
  expect(await workerHasher(files[3] ?? new Blob(), { signal: never })).toEqual(crcs[3])
  expect(workers).toHaveBeenCalledTimes(2)
})

test('makes the Content-MD5 of the official example', async () => {
  // vectors.json: MD5 of "[Object Content]" is ee8de918d05640145b18f70f4c3aa602.
  expect(await md5Base64(new Blob(['[Object Content]']), { signal: never })).toBe('7o3pGNBWQBRbGPcPTDqmAg==')
})

test('tells progress of a large file', async () => {
  const file = new Blob(Array.from({ length: 128 }, () => new Uint8Array(1024 * 1024)))
  const told: number[] = []
  await workerHasher(file, { signal: never, onProgress: (bytes) => told.push(bytes) })
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(file.size)
})

// Before the next one, after which no worker is started any more.
test('ends at once when it is aborted', async () => {
  const controller = new AbortController()
  const file = new Blob(Array.from({ length: 128 }, () => new Uint8Array(1024 * 1024)))
  const hashing = workerHasher(file, { signal: controller.signal, onProgress: () => controller.abort('enough') })
  await expect(hashing).rejects.toMatchObject({ code: 'aborted', details: { reason: 'enough' } })
  await expect(workerHasher(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
})

test('says of a file that gives fewer bytes than it has in words that a person can read', async () => {
  const shorter = Object.defineProperty(new File(['12345'], 'a.txt'), 'size', { value: 10 })
  vi.spyOn(globalThis, 'Worker').mockImplementation(function () {
    throw new DOMException("worker-src 'none'", 'SecurityError')
  })
  await expect(workerHasher(shorter, { signal: never })).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining('cannot be read any more: 5 of 10 bytes could be read.'),
  })
})
