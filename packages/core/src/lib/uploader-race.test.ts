import { expect, test, vi } from 'vitest'
import type { ConfirmReply, ConfirmRequest } from './confirm/confirm-port.ts'
import { storedReply } from './testing/stored-reply.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'

/** Lets the queue start what it may: that is due in a promise's turn. */
const turn = (): Promise<void> => Promise.resolve()

test('a file that is canceled and retried while the page still loads what sends is sent once, and its slot comes back', async () => {
  const { uploader, run, storage, statuses } = createUploaderFixture({ concurrency: 2 })
  const [a] = uploader.add(files(['a']))
  await turn()
  uploader.cancel(a)
  uploader.retry(a)
  await run()
  expect(storage.requests).toHaveLength(1)
  storage.last().succeed()
  await run()
  uploader.add(files(['b', 'c']))
  await run()
  expect(statuses()).toEqual(['success', 'uploading', 'uploading'])
})

test('a file that is canceled and retried while the page still loads what examines it is examined and sent once', async () => {
  const seen: string[] = []
  const { uploader, run, storage } = createUploaderFixture({
    prepare(file, { name }) {
      seen.push(name)
      return file
    },
  })
  const [a] = uploader.add(files(['a']))
  uploader.cancel(a)
  uploader.retry(a)
  await run()
  expect(seen).toEqual(['a'])
  expect(storage.requests).toHaveLength(1)
})

test('a file that is canceled and retried in the turn in which its examination begins is examined and sent once', async () => {
  const seen: string[] = []
  const { uploader, run, storage } = createUploaderFixture({
    prepare(file, { name }) {
      seen.push(name)
      return file
    },
  })
  uploader.add(files(['before']))
  await run()
  // The page has what examines: each of these turns is another one between its being asked for and its beginning.
  for (const turns of [0, 1, 2, 3, 4, 5]) {
    const name = `after ${turns}`
    const [a] = uploader.add(files([name]))
    for (let count = 0; count < turns; count += 1) await turn()
    const begun = seen.filter((other) => other === name).length
    uploader.cancel(a)
    uploader.retry(a)
    await run()
    // What was prepared before it was canceled is not prepared again.
    expect(seen.filter((other) => other === name).length - begun).toBeLessThanOrEqual(1)
    storage.last().succeed()
    await run()
  }
  expect(storage.requests).toHaveLength(7)
})

test.each([0, 1, 2, 3])('a file that is canceled and retried %d turns after it was prepared is prepared anew or not at all', async (turns) => {
  const sizes: number[] = []
  let again: () => void = () => {}
  const { uploader, run, items } = createUploaderFixture({
    prepare(file) {
      sizes.push(file.size)
      const made = Promise.resolve(file.slice(1))
      let then: Promise<unknown> = made
      for (let count = 0; count < turns; count += 1) then = then.then(() => {})
      if (sizes.length === 1) void then.then(() => again())
      return made
    },
  })
  const [a] = uploader.add(files(['a']))
  again = () => {
    uploader.cancel(a)
    uploader.retry(a)
  }
  await run()
  expect(sizes).toEqual(turns < 2 ? [10, 10] : [10])
  expect(items()).toMatchObject([{ status: 'uploading', size: 9 }])
})

test('a file that is wanted again by who hears that its preparation is over is prepared anew and sent', async () => {
  let prepared = 0
  const { uploader, run, statuses } = createUploaderFixture({
    prepare(file, { signal }) {
      prepared += 1
      if (prepared > 1) return file
      signal.addEventListener('abort', () => uploader.retry(a))
      return new Promise(() => {})
    },
  })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.cancel(a)
  await run()
  expect(statuses()).toEqual(['uploading'])
})

test('a file that is started while it is still being prepared is prepared and sent once', async () => {
  const ready: (() => void)[] = []
  const { uploader, run, storage } = createUploaderFixture({
    autoUpload: false,
    prepare: (file) => new Promise((resolve) => ready.push(() => resolve(file))),
  })
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.start(a)
  await run()
  expect(ready).toHaveLength(1)
  ready[0]!()
  await run()
  expect(storage.requests).toHaveLength(1)
})

test('a started file is sent once it is prepared, also when it was started before the page had loaded what prepares', async () => {
  const { uploader, run, storage } = createUploaderFixture({ autoUpload: false, prepare: (file) => file })
  const [a] = uploader.add(files(['a']))
  uploader.start(a)
  await run()
  expect(storage.requests).toHaveLength(1)
})

test('starting a canceled file does nothing, and retrying it then sends it once', async () => {
  const { uploader, run, storage, statuses } = createUploaderFixture({ autoUpload: false, concurrency: 2 })
  const [a] = uploader.add(files(['a']))
  uploader.cancel(a)
  uploader.start(a)
  await turn()
  uploader.retry(a)
  await run()
  storage.last().succeed()
  await run()
  uploader.start(uploader.add(files(['b']))[0])
  uploader.start(uploader.add(files(['c']))[0])
  await run()
  expect(statuses()).toEqual(['success', 'uploading', 'uploading'])
})

test('a reply that is still being read when its upload is canceled does not decide over the next attempt', async () => {
  const asked: ConfirmRequest[] = []
  const { uploader, run, storage, statuses } = createUploaderFixture({
    confirmWhen: 'always',
    confirm: async (request) => {
      asked.push(request)
      return { outcome: 'absent' }
    },
  })
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().succeed()
  // The reply is there, and is being read.
  await turn()
  uploader.cancel(a)
  await run()
  uploader.retry(a)
  await run()
  // The retry asks, since storage may have the file; not the reply of before.
  expect(statuses()).toEqual(['confirming'])
  expect(asked).toHaveLength(1)
})

test('destroy ends the request for policies of files that only waited', async () => {
  const signals: AbortSignal[] = []
  const { uploader, run, clock, storage } = createUploaderFixture(
    { concurrency: 1, lookAhead: 3 },
    {
      before: (_request, count, signal) => {
        signals.push(signal)
        return count === 1 ? undefined : new Promise(() => {})
      },
    },
  )
  uploader.add(numbered(6))
  await run()
  for (let sent = 0; sent < 3; sent += 1) {
    storage.last().succeed()
    await run()
  }
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false])
  uploader.destroy()
  await run()
  expect(signals[1]?.aborted).toBe(true)
  expect(clock.pending()).toBe(0)
})

test('a file that is canceled while its reply is read is not stored a second time', async () => {
  const asked: string[] = []
  const { uploader, run, storage, items } = createUploaderFixture({
    confirm: async ({ key, size }) => {
      asked.push(key)
      return storedReply({ key, size })
    },
  })
  const [a] = uploader.add(files(['a']))
  await run()
  // A transport that tells bytes and not that everything is out.
  storage.last().progress(4)
  storage.last().succeed()
  // The reply has come; what reads it is being loaded.
  await Promise.resolve()
  uploader.cancel(a!)
  uploader.retry(a!)
  await run()
  expect(asked).toHaveLength(1)
  expect(storage.requests).toHaveLength(1)
  expect(items()).toMatchObject([{ status: 'success' }])
})

test.each(Array.from({ length: 16 }, (_, turns) => turns))(
  'a stored file that is canceled and wanted again %i turns after it was confirmed is not sent again',
  async (turns) => {
    let answer: (reply: ConfirmReply) => void = () => {}
    const { uploader, run, storage } = createUploaderFixture({ confirmWhen: 'always', confirm: () => new Promise((resolve) => (answer = resolve)) })
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().succeed()
    await run()
    answer(storedReply())
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    uploader.cancel(a!)
    uploader.retry(a!)
    await run()
    expect(storage.requests).toHaveLength(1)
  },
)

test.each(Array.from({ length: 30 }, (_, turns) => turns))(
  'a file that is canceled %i turns after it was read, and wanted again in a held queue, is shown as queued',
  async (turns) => {
    let answer = (): void => {}
    const bytes = new Promise<ArrayBuffer>((resolve) => (answer = () => resolve(new ArrayBuffer(1))))
    const file = Object.defineProperty(new Blob(['x']), 'arrayBuffer', { value: () => bytes })
    const { uploader, statuses, run } = createUploaderFixture({ contentMd5: true })
    const [a] = uploader.add([file])
    await vi.waitUntil(() => statuses()[0] === 'hashing')
    await run()
    answer()
    for (let at = 0; at < turns; at += 1) await turn()
    uploader.pause()
    uploader.cancel(a!)
    uploader.retry(a!)
    await run()
    expect(statuses()).toEqual(['queued'])
  },
)
