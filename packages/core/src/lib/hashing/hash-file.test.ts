import { createHash } from 'node:crypto'
import fc from 'fast-check'
import * as hashWasm from 'hash-wasm'
import { expect, onTestFinished, test, vi } from 'vitest'
import vectors from '../../../../protocol/src/lib/vectors.json' with { type: 'json' }
import { FileChangedError, isReadFailure } from './hash-failure.ts'
import { hashFile } from './hash-file.ts'
import { readChunks } from './read-chunks.ts'

vi.mock('hash-wasm', { spy: true })

const never = new AbortController().signal
const crc64 = async (file: Blob, chunkSize = 1024): Promise<string> => {
  const hex = await hashFile(file, 'crc64', { signal: never, chunkSize })
  return BigInt(`0x${hex}`).toString()
}

// Inputs that stand for bytes instead of being them.
const described = new Map([
  ['(empty)', new Uint8Array()],
  ['bytes 0..255', Uint8Array.from({ length: 256 }, (_, index) => index)],
  ['1 MiB of zero', new Uint8Array(2 ** 20)],
  ["1048699 x '1' (doc python sample size)", new Uint8Array(1_048_699).fill(0x31)],
])

test.each(vectors.crc64.vectors)('CRC-64 and MD5 of "$input" are those of COS', async ({ input, bytes, decimal, md5Hex }) => {
  const file = new Blob([described.get(input) ?? input])
  expect(file.size).toBe(bytes)
  expect(await crc64(file, 2 ** 16)).toBe(decimal)
  expect(await hashFile(file, 'md5', { signal: never, chunkSize: 2 ** 16 })).toBe(md5Hex)
})

/** The definition, bit by bit: CRC-64/XZ. */
function naiveCrc64(bytes: Uint8Array): string {
  let crc = 0xffffffffffffffffn
  for (const byte of bytes) {
    crc ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n
  }
  return (crc ^ 0xffffffffffffffffn).toString()
}

test('however a file is cut into chunks, its hashes are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000, size: 'max' }), fc.integer({ min: 1, max: 1500 }), async (bytes, chunkSize) => {
      const file = new Blob([Uint8Array.from(bytes)])
      expect(await crc64(file, chunkSize)).toBe(naiveCrc64(bytes))
      expect(await hashFile(file, 'md5', { signal: never, chunkSize })).toBe(createHash('md5').update(bytes).digest('hex'))
    }),
    { numRuns: 50 },
  )
})

test.each([999, 9_990, 10_000])('slices are read where files have no byte streams, also of a file that is whole slices: %d bytes', async (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => index % 251)
  const file = Object.defineProperty(new Blob([bytes]), 'stream', { value: () => ({ getReader: () => raise(new TypeError('no byte stream')) }) })
  expect(await crc64(file, 999)).toBe(naiveCrc64(bytes))
})

test('several files at a time do not mix', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `file ${index} `.repeat(500))
  const together = await Promise.all(texts.map((text) => crc64(new Blob([text]), 100)))
  expect(together).toEqual(texts.map((text) => naiveCrc64(new TextEncoder().encode(text))))
})

test('an abort ends it, and the next file is hashed rightly', async () => {
  const controller = new AbortController()
  const reading = hashFile(new Blob(['x'.repeat(100_000)]), 'crc64', { signal: controller.signal, chunkSize: 10 })
  controller.abort()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  expect(await crc64(new Blob(['123456789']))).toBe('11051210869376104954')
})

test("a file that turned shorter is the file's fault, a broken hasher is not", async () => {
  const shorter = Object.defineProperty(new Blob(['12345']), 'size', { value: 10 })
  const error: unknown = await hashFile(shorter, 'crc64', { signal: never, chunkSize: 100 }).catch((reason: unknown) => reason)
  expect(isReadFailure(error)).toBe(true)
  expect(isReadFailure(new DOMException('', 'NotReadableError'))).toBe(true)
  expect(isReadFailure(new DOMException('', 'AbortError'))).toBe(false)
  expect(isReadFailure(new Error('no WebAssembly'))).toBe(false)
})

test('what a browser refuses to read for now is told as it says, so that it is asked for once more; a stream that breaks is a file that changed', async () => {
  const refused = new DOMException('', 'NotReadableError')
  const hash = async (problem: Error): Promise<unknown> => {
    const broken = new ReadableStream({ type: 'bytes', pull: (controller) => controller.error(problem) })
    const file = Object.assign(new Blob(['0123456789']), { stream: () => broken })
    return hashFile(file, 'crc64', { signal: never, chunkSize: 4 }).catch((error: unknown) => error)
  }
  expect(await hash(refused)).toBe(refused)
  expect(await hash(new TypeError('network error'))).toBeInstanceOf(FileChangedError)
})

test('the last progress is the whole file', async () => {
  const told: number[] = []
  await hashFile(new Blob(['x'.repeat(5000)]), 'crc64', { signal: never, chunkSize: 100, onProgress: (bytes) => told.push(bytes) })
  expect(told.at(-1)).toBe(5000)
})

test('a page that shows progress is told of it twenty times a second, however fast the chunks come', async () => {
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10))
  onTestFinished(() => clock.mockRestore())
  const told: number[] = []
  await hashFile(new Blob(['x'.repeat(10_000)]), 'crc64', { signal: never, chunkSize: 100, onProgress: (bytes) => told.push(bytes) })
  expect(told.length).toBeGreaterThan(10)
  expect(told.length).toBeLessThanOrEqual(now / 50 + 1)
})

test('files that come one after the other share one WebAssembly, or a thousand would make a thousand', async () => {
  await crc64(new Blob(['a']))
  vi.mocked(hashWasm.createCRC64).mockClear()
  for (const text of ['b', 'c', 'd']) await crc64(new Blob([text]))
  expect(hashWasm.createCRC64).not.toHaveBeenCalled()
})

function raise(error: Error): never {
  throw error
}

test('an empty file is read, too: a deleted one is as empty until then', async () => {
  const gone = Object.assign(new Blob([]), { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) })
  await expect(hashFile(gone, 'crc64', { signal: never, chunkSize: 4 })).rejects.toThrow('gone')
})

test('what cannot be read of a file that was canceled meanwhile is told to no error reporting of the app', async () => {
  const unhandled = vi.fn<() => void>()
  process.on('unhandledRejection', unhandled)
  onTestFinished(() => void process.off('unhandledRejection', unhandled))
  const controller = new AbortController()
  const slice = (start: number) => ({ arrayBuffer: async () => (start === 0 ? new ArrayBuffer(4) : raise(new DOMException('', 'NotReadableError'))) })
  const file = Object.assign(new Blob(['0123456789']), { stream: () => null, slice })
  await expect(readChunks(file as unknown as Blob, { signal: controller.signal, chunkSize: 4 }, () => controller.abort())).rejects.toThrow('aborted')
  await new Promise((resolve) => setImmediate(resolve))
  expect(unhandled).not.toHaveBeenCalled()
})

test('a file that is read in slices is read no further once it is canceled', async () => {
  const controller = new AbortController()
  const file = Object.assign(new Blob(['0123456789']), { stream: () => null })
  const read: number[] = []
  const slice = (start: number): Blob => {
    read.push(start)
    if (start === 4) controller.abort()
    return new Blob(['0123'])
  }
  const hashing = hashFile(Object.assign(file, { slice }), 'crc64', { signal: controller.signal, chunkSize: 4 })
  await expect(hashing).rejects.toMatchObject({ name: 'AbortError' })
  expect(read).toEqual([0, 4])
})
