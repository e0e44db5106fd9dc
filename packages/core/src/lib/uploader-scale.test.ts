import { expect, onTestFinished, test, vi } from 'vitest'
import { createDisk } from './testing/recovery-disk.ts'
import { createUploaderFixture, numbered, type UploaderFixture } from './testing/uploader-fixture.ts'
import { CosUploadError } from './upload-error.ts'

/** Counts look-ups in maps and steps through maps and sets. */
function countSteps(): () => number {
  let steps = 0
  const looked = vi.spyOn(Map.prototype, 'get')
  const restore = [Map.prototype, Set.prototype].map((all: Map<unknown, unknown> | Set<unknown>) => {
    const iterate = Reflect.get(all, Symbol.iterator) as (this: unknown) => IterableIterator<unknown>
    Object.assign(all, {
      *[Symbol.iterator](this: unknown) {
        for (const each of { [Symbol.iterator]: () => iterate.call(this) }) {
          steps += 1
          yield each
        }
      },
    })
    return () => Object.assign(all, { [Symbol.iterator]: iterate })
  })
  onTestFinished(() => {
    looked.mockRestore()
    for (const each of restore) each()
  })
  return () => steps + looked.mock.calls.length
}

/** As many turns of the page as it takes to examine so many files. */
async function examineAll(run: () => Promise<void>, count: number): Promise<void> {
  for (let examined = 0; examined <= count; examined += 100) await run()
}

const ways: Readonly<Record<string, (count: number) => Promise<void>>> = {
  async 'removed one by one'(count) {
    const { uploader } = createUploaderFixture()
    for (const id of uploader.add(numbered(count))) uploader.remove(id)
  },
  async 'let through by validate'(count) {
    const { uploader, run } = createUploaderFixture({ restrictions: { validate: () => null } })
    uploader.pause()
    uploader.add(numbered(count))
    await examineAll(run, count)
  },
  async 'refused by validate'(count) {
    const { uploader, run, items } = createUploaderFixture({ restrictions: { validate: () => ({ code: 'bad', message: 'No.' }) } })
    uploader.add(numbered(count))
    await examineAll(run, count)
    expect(items()).toEqual([])
  },
  async 'canceled while they are examined'(count) {
    const { uploader, run } = createUploaderFixture({ restrictions: { validate: () => new Promise(() => {}) } })
    uploader.add(numbered(count))
    await run()
    uploader.cancel()
    await run()
  },
  async 'prepared under a limit of all bytes'(count) {
    const { uploader, run } = createUploaderFixture({ prepare: (file) => file, restrictions: { maxTotalSize: 1e9 } })
    uploader.pause()
    uploader.add(numbered(count))
    await examineAll(run, count)
  },
  async 'made smaller by prepare, and too many bytes before'(count) {
    const { uploader, run } = createUploaderFixture({ prepare: (file) => file.slice(0, 1), restrictions: { maxTotalSize: 2 * count } })
    uploader.pause()
    uploader.add(numbered(count))
    await examineAll(run, count)
    expect(uploader.getSnapshot().totals).toMatchObject({ files: count, bytes: count })
  },
}

test.each(Object.entries(ways))('files %s cost the same each, be they a hundred or two thousand', async (_name, way) => {
  await way(1)
  const steps = countSteps()
  await way(100)
  const few = steps()
  await way(2_000)
  const many = steps() - few
  expect(many / 2_000).toBeLessThan((2 * few) / 100)
})

test('one of a hundred failed files that is tried again is not a hundred writes', async () => {
  const disk = createDisk()
  let notes = 0
  const note = disk.note.bind(disk)
  disk.note = async (all) => {
    notes += 1
    await note(all)
  }
  const { uploader, run, statuses }: UploaderFixture = createUploaderFixture(
    { recovery: disk, confirm: async () => ({ outcome: 'absent' }) },
    { answer: (request) => request.refuse(403, 'AccessDenied') },
  )
  const ids = uploader.add(numbered(100))
  await run()
  await run()
  expect(new Set(statuses())).toEqual(new Set(['error']))
  const before = notes
  uploader.retry(ids[0])
  await run()
  // That it is wanted, that it is sent, that it has failed.
  expect(notes - before).toBeLessThanOrEqual(3)
})

test('files are prepared in the order of the queue, also where that changes meanwhile', async () => {
  const order: string[] = []
  const answers: (() => void)[] = []
  const { uploader, run } = createUploaderFixture({
    prepare(file, { name }) {
      order.push(name.slice(0, 1))
      return new Promise((resolve) => answers.push(() => resolve(file)))
    },
  })
  const ids = uploader.add(numbered(8))
  await run()
  for (let at = 0; at < 5; at += 1) {
    if (at === 1) uploader.setPriority(ids[7]!, 5)
    if (at === 2) uploader.move(ids[6]!, 0)
    answers[at]?.()
    await run()
  }
  expect(order.join('')).toBe('01237645')
})

test.each([
  [3, 1_000, 30],
  [20, 10, 1_000],
])('%i at a time, one file in %i that is not allowed costs no request for each of the others', async (concurrency, every, most) => {
  const { uploader, run, policy, statuses } = createUploaderFixture(
    { concurrency },
    {
      answer: (request) => request.succeed(),
      before({ files }) {
        if (files.some(({ name }) => Number.parseInt(name) % every === every / 2))
          throw new CosUploadError('policy-refused', 'No.', { url: null, status: 403, serverCode: 'not-allowed', serverMessage: null })
      },
    },
  )
  uploader.add(numbered(1_000, 1))
  while (statuses().some((status) => status !== 'success' && status !== 'error')) await run()
  expect(statuses().filter((status) => status === 'error')).toHaveLength(1_000 / every)
  expect(policy.requests.length).toBeLessThan(most)
})

test('the second file that is tried again in a list of failed ones is not sent twice where a reload cuts its reply off', async () => {
  const disk = createDisk()
  const note = disk.note.bind(disk)
  let slow = false
  const confirm = async ({ key }: { readonly key: string }) => (asked.push(key), { outcome: 'absent' } as const)
  const asked: string[] = []
  const before = createUploaderFixture({ recovery: disk, confirm }, { answer: (request) => slow || request.refuse(403, 'AccessDenied') })
  disk.note = async (all) => {
    // A millisecond each, as of IndexedDB.
    if (slow) await new Promise<void>((done) => before.clock.after(1, done))
    await note(all)
  }
  const ids = before.uploader.add(numbered(500))
  await before.run()
  await before.run()
  slow = true
  before.uploader.retry(ids[0])
  await before.run()
  before.uploader.retry(ids[1])
  await before.run()
  const { key } = before.storage.last()
  // Storage has it, and its reply is on its way, when the page goes.
  before.storage.last().progress(10, 'waiting')
  await before.clock.advance(300)

  const after = createUploaderFixture({ recovery: disk, confirm })
  await after.uploader.restore()
  await after.clock.advance(1)
  expect(asked).toContain(key)
})

test('an urgent file does not wait for a confirm endpoint that wants to be left alone', async () => {
  const busy = new CosUploadError('policy-unreachable', 'busy', { url: null, status: 429, retryAfter: 300 })
  const { uploader, run, clock, storage, statuses } = createUploaderFixture({ confirm: () => Promise.reject(busy) })
  uploader.add(numbered(3))
  await run()
  for (const request of storage.active()) request.fail('outcome-unknown')
  await run()
  expect(statuses()).toEqual(['confirming', 'confirming', 'confirming'])
  const [id = ''] = uploader.add([{ file: new Blob(['x']), name: 'urgent', priority: 9 }])
  await clock.advance(10_000)
  expect(uploader.getItem(id)?.status).toBe('uploading')
  // What comes of that does not change how many go at a time.
  uploader.add(numbered(20))
  await clock.advance(3_600_000)
  expect(storage.active()).toHaveLength(3)
})

test('ten files among a thousand that are not allowed do not have the endpoint asked again with each file that is sent', async () => {
  let sent = 0
  const { uploader, clock, policy, statuses } = createUploaderFixture(
    { concurrency: 3 },
    {
      answer: (request) => void clock.after(50 * (1 + (++sent % 7)), () => request.succeed()),
      before({ files }) {
        if (!files.some(({ name }) => name.endsWith('50.bin'))) return
        throw new CosUploadError('policy-refused', 'no', { url: null, status: 403, serverCode: null, serverMessage: null })
      },
    },
  )
  uploader.add(numbered(1_000))
  await clock.advance(120_000)
  expect(statuses().filter((status) => status === 'success')).toHaveLength(990)
  expect(policy.requests.length).toBeLessThan(150)
})
