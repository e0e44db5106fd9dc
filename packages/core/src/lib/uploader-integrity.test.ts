import { describe, expect, test, vi } from 'vitest'
import type { Hasher } from './hashing/hasher.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'
import { fileUnreadable } from './transport/file-readable.ts'

const stored = { ETag: '"e"', 'x-cos-hash-crc64ecma': '42' }

function hasherOf(crc64: string): Hasher & { signals: AbortSignal[] } {
  const signals: AbortSignal[] = []
  return Object.assign<Hasher, { signals: AbortSignal[] }>(
    async (_, { signal }) => {
      signals.push(signal)
      return { crc64 }
    },
    { signals },
  )
}

test('equal CRC-64 values prove that storage has the file', async () => {
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'verify', hasher: hasherOf('42') })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed(stored)
  await run()
  expect(items()).toMatchObject([{ status: 'success', result: { integrity: 'verified', crc64: '42' } }])
})

test('different ones are an error that shows both', async () => {
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'verify', hasher: hasherOf('43') })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed(stored)
  await run()
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'integrity-mismatch', details: { expected: '43', actual: '42' } } }])
})

test('an app that wants to be told only is told', async () => {
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'report', hasher: hasherOf('43') })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed(stored)
  await run()
  expect(items()).toMatchObject([{ status: 'success', result: { integrity: 'mismatch' } }])
})

test('the file is hashed while it uploads, and the reply waits for a hash that is slower', async () => {
  let finish: (value: { crc64: string }) => void = () => {}
  const { uploader, run, storage, statuses } = createUploaderFixture({
    integrity: 'verify',
    hasher: () => new Promise((resolve) => (finish = resolve)),
  })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed(stored)
  await run()
  expect(statuses()).toEqual(['uploading'])
  finish({ crc64: '42' })
  await run()
  expect(statuses()).toEqual(['success'])
})

test('a file that is canceled in mid-hash and wanted again is hashed anew, and proved', async () => {
  const finish: ((value: { crc64: string }) => void)[] = []
  const { uploader, run, storage, items } = createUploaderFixture({
    integrity: 'verify',
    hasher: (_, { signal }) =>
      new Promise((resolve, reject) => {
        finish.push(resolve)
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.cancel(a)
  uploader.retry(a)
  await run()
  storage.last().succeed(stored)
  finish.at(-1)?.({ crc64: '42' })
  await run()
  expect(items()).toMatchObject([{ status: 'success', result: { integrity: 'verified' } }])
})

test('where hashing is not possible, the proof is unavailable and the upload succeeds', async () => {
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'verify', hasher: () => Promise.reject(new Error('no WebAssembly')) })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed(stored)
  await run()
  expect(items()).toMatchObject([{ status: 'success', result: { integrity: 'unavailable' } }])
})

test('a bucket that does not expose its CRC-64 is not hashed for again', async () => {
  const hasher = hasherOf('42')
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'verify', hasher, concurrency: 1 })
  uploader.add(files(['a', 'b']))
  await run()
  storage.last().succeed({ ETag: '"e"' })
  await run()
  storage.last().succeed({ ETag: '"e"' })
  await run()
  expect(items()).toMatchObject([{ result: { integrity: 'unavailable' } }, { result: { integrity: 'unavailable' } }])
  expect(hasher.signals).toHaveLength(1)
})

test('no file is read in vain where storage answers by a landing page, which tells no CRC-64', async () => {
  const hasher = hasherOf('42')
  const { uploader, run, storage, policy, clock } = createUploaderFixture()
  uploader.setOptions({
    policy: async (request, options) => {
      const { posts, ...reply } = await policy.source(request, options)
      const landing = { success_action_redirect: 'https://page.example/landing' }
      return { ...reply, posts: posts.map(({ fields, ...post }) => ({ ...post, fields: { ...fields, ...landing } })) }
    },
    transport: storage.transport,
    clock,
    hasher,
  })
  uploader.add(files(['a']))
  await run()
  expect(storage.last().form.landing).toBe('https://page.example/landing')
  expect(hasher.signals).toEqual([])
})

test('a file that somebody tries again is proved, though its hash was given up with the failure', async () => {
  const finish: (() => void)[] = []
  const hasher: Hasher = (_, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      finish.push(() => resolve({ crc64: '42' }))
    })
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'verify', hasher })
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().refuse(403, 'AccessDenied')
  await run()
  uploader.retry(a)
  await run()
  finish.at(-1)?.()
  storage.last().succeed(stored)
  await run()
  expect(items()).toMatchObject([{ status: 'success', result: { integrity: 'verified' } }])
})

test('a file that is canceled while its hash is waited for gives its place to the next, whoever hashes', async () => {
  const hasher: Hasher = () => new Promise(() => {})
  const { uploader, run, storage, statuses } = createUploaderFixture({ integrity: 'verify', hasher, concurrency: 1 })
  const [a] = uploader.add(files(['a', 'b']))
  await run()
  storage.last().succeed(stored)
  await run()
  uploader.cancel(a)
  await run()
  expect(statuses()).toEqual(['canceled', 'uploading'])
})

test('a file is read no further once there is nothing to compare its hash with', async () => {
  const signals: AbortSignal[] = []
  const hasher: Hasher = (_, { signal }) => (signals.push(signal), new Promise(() => {}))
  const { uploader, run, storage, statuses } = createUploaderFixture({ integrity: 'verify', hasher })
  uploader.add(files(['a']))
  await run()
  storage.last().succeed({ ETag: '"e"' })
  await run()
  expect([statuses(), signals.map(({ aborted }) => aborted)]).toEqual([['success'], [true]])
})

test('one hash serves all attempts, and a canceled upload stops it', async () => {
  const hasher = hasherOf('42')
  const { uploader, run, storage, clock } = createUploaderFixture({ integrity: 'verify', hasher })
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().fail('network')
  await clock.advance(1_000)
  expect(storage.requests).toHaveLength(2)
  expect(hasher.signals).toHaveLength(1)
  expect(hasher.signals[0]?.aborted).toBe(false)
  uploader.cancel(a)
  expect(hasher.signals[0]?.aborted).toBe(true)
})

describe('a file that cannot be read any more', () => {
  test('is an error even when storage took what was sent', async () => {
    const { uploader, run, storage, items } = createUploaderFixture({
      integrity: 'verify',
      hasher: () => Promise.reject(fileUnreadable('a', 'it was deleted')),
    })
    uploader.add(files(['a']))
    await run()
    storage.last().succeed(stored)
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'file-unreadable' } }])
  })

  test('and has turned empty is found before anything is sent, and after', async () => {
    const { uploader, run, storage, items } = createUploaderFixture({ concurrency: 1, restrictions: {} })
    const shrinking = (name: string): { file: File; shrink: () => void } => {
      const file = new File(['0123456789'], name)
      let size = 10
      Object.defineProperty(file, 'size', { get: () => size })
      return { file, shrink: () => void (size = 0) }
    }
    const before = shrinking('before')
    const after = shrinking('after')
    uploader.add([before.file, after.file])
    before.shrink()
    await run()
    expect(items()[0]).toMatchObject({ status: 'error', attempt: 0, error: { code: 'file-unreadable' } })
    after.shrink()
    storage.last().succeed(stored)
    await run()
    expect(items()[1]).toMatchObject({ status: 'error', attempt: 1, error: { code: 'file-unreadable' } })
    expect(storage.requests).toHaveLength(1)
  })

  test('an empty file is a file like any other', async () => {
    const { uploader, run, storage, items } = createUploaderFixture()
    uploader.add([new File([], 'empty.txt'), new Blob([])])
    await run()
    for (const request of storage.active()) request.succeed()
    await run()
    expect(items()).toMatchObject([
      { status: 'success', name: 'empty.txt', size: 0 },
      { status: 'success', name: 'blob' },
    ])
  })
})

test('Content-MD5 is computed beforehand, shown as hashing, and sent', async () => {
  const { uploader, storage, items, run, clock } = createUploaderFixture({ contentMd5: true })
  const seen: string[] = []
  uploader.subscribe(() => void seen.push(items()[0]?.status ?? ''))
  const content = new File(['[Object Content]'], 'a')
  let read: () => void = () => {}
  const mayRead = new Promise<void>((resolve) => (read = resolve))
  uploader.add([Object.assign(content, { arrayBuffer: () => mayRead.then(() => new Blob([content]).arrayBuffer()) })])
  await clock.advance(16)
  expect(seen.at(-1)).toBe('hashing')
  read()
  await vi.waitFor(async () => {
    await clock.advance(16)
    expect(seen).toContain('uploading')
  })
  // official/post-object.txt, Example 2.
  expect(storage.last().form.fields).toContainEqual(['Content-MD5', '7o3pGNBWQBRbGPcPTDqmAg=='])
  storage.last().succeed()
  await run()
  expect(items()).toMatchObject([{ status: 'success' }])
})

test('a file that storage takes in no case is refused at once, and not read for minutes first', async () => {
  const { uploader, storage, items, run } = createUploaderFixture({ contentMd5: true })
  const read = vi.fn<() => Promise<never>>(() => new Promise(() => {}))
  uploader.add([
    Object.defineProperties(new File(['x'], 'film.mov'), { size: { value: 20 * 1024 ** 3 }, stream: { value: read }, slice: { value: read } }),
  ])
  await vi.waitFor(async () => {
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-mismatch', message: expect.stringContaining('(5 GB) in one POST') } }])
  })
  expect(read).not.toHaveBeenCalled()
  expect(storage.requests).toEqual([])
})

test('a file whose Content-MD5 storage refused is read anew when it is tried again', async () => {
  const { uploader, storage, run, statuses } = createUploaderFixture({ contentMd5: true })
  let content = 'before'
  const file = new File([content], 'a')
  const [a] = uploader.add([Object.assign(file, { arrayBuffer: () => new Blob([content]).arrayBuffer() })])
  const sent = (count: number): Promise<void> =>
    vi.waitFor(async () => {
      await run()
      expect(storage.requests).toHaveLength(count)
    })
  await sent(1)
  content = 'edited'
  storage.last().refuse(400, 'BadDigest')
  await vi.waitFor(async () => {
    await run()
    expect(statuses()).toEqual(['error'])
  })
  uploader.retry(a)
  await sent(2)
  // `printf edited | openssl md5 -binary | base64`
  expect(storage.last().form.fields).toContainEqual(['Content-MD5', 'aD3FJ4sfu9mKmWzsw//Qag=='])
})

test('a file is read once for its Content-MD5, however often it is sent', async () => {
  const { uploader, storage, run, clock } = createUploaderFixture({ contentMd5: true })
  const file = new File(['a'], 'a')
  const arrayBuffer = vi.fn<() => Promise<ArrayBuffer>>(() => new Blob(['a']).arrayBuffer())
  uploader.add([Object.assign(file, { arrayBuffer })])
  await vi.waitFor(async () => {
    await run()
    expect(storage.requests).toHaveLength(1)
  })
  storage.last().fail('network')
  await clock.advance(1_000)
  expect(storage.requests).toHaveLength(2)
  expect(arrayBuffer).toHaveBeenCalledOnce()
})

test('a file that waits again after it was canceled while being hashed is not shown as hashing', async () => {
  const [file] = files(['a'])
  const reads: (() => void)[] = []
  const arrayBuffer = (): Promise<ArrayBuffer> => new Promise((resolve) => reads.push(() => resolve(new ArrayBuffer(10))))
  Object.defineProperty(file, 'arrayBuffer', { value: arrayBuffer })
  const { uploader, statuses, run } = createUploaderFixture({ contentMd5: true })
  const [a] = uploader.add([file!])
  await vi.waitFor(async () => {
    await run()
    expect(reads).not.toHaveLength(0)
  })
  uploader.pause()
  uploader.cancel(a)
  uploader.retry(a)
  for (const read of reads) read()
  await run()
  expect(statuses()).toEqual(['queued'])
})

test('one reply without a CRC-64 does not end the proof of those after it', async () => {
  const hasher: Hasher = async () => ({ crc64: '43' })
  const { uploader, run, storage, items } = createUploaderFixture({ integrity: 'verify', hasher, concurrency: 1 })
  for (const crc64 of [null, '43', '42']) {
    uploader.add(files(['a']))
    await run()
    storage.last().succeed({ ETag: '"e"', ...(crc64 && { 'x-cos-hash-crc64ecma': crc64 }) })
    await run()
  }
  expect(items()).toMatchObject([{ status: 'success' }, { status: 'success' }, { status: 'error', error: { code: 'integrity-mismatch' } }])
})
