import { expect, test, vi } from 'vitest'
import { createManualClock } from './testing/manual-clock.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { CosUploadError } from './upload-error.ts'

/** What only failures need: on its way until the network has gone. */
const parts = vi.hoisted(() => {
  let lose: () => void = () => {}
  const lost = new Promise<void>((resolve) => (lose = resolve))
  return { lost, lose: () => lose() }
})
vi.mock('./load-failures.ts', () => ({
  loadFailures: () => Promise.reject(new TypeError('Failed to fetch')),
  withFailures: (_full: unknown, short: (cause: unknown) => unknown) => parts.lost.then(() => short(new TypeError('Failed to fetch'))),
}))

test('a failure that is judged late says nothing of the attempt that came after it', async () => {
  const asked: string[] = []
  const { uploader, run, clock, storage, statuses } = createUploaderFixture({
    confirm: async ({ key }) => {
      asked.push(key)
      return { outcome: 'absent' }
    },
  })
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().fail('network')
  await run()
  uploader.cancel(a)
  uploader.retry(a)
  await run()
  expect(storage.requests).toHaveLength(2)
  parts.lose()
  await clock.advance(60_000)
  expect(statuses()).toEqual(['uploading'])
  expect(storage.requests).toHaveLength(2)
  expect(clock.pending()).toBe(0)
  storage.last().succeed()
  await run()
  expect([statuses(), asked]).toEqual([['success'], []])
})

test('an upload in doubt is looked for at a retry, also when what judges failures did not come', async () => {
  parts.lose()
  const asked: string[] = []
  const { uploader, run, storage } = createUploaderFixture({
    confirm: ({ key }) => {
      asked.push(key)
      return new Promise(() => {})
    },
  })
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await run()
  uploader.retry(a)
  await run()
  expect(asked).toEqual(['uploads/1/a'])
  expect(storage.requests).toHaveLength(1)
})

test('a file that was refused is told as refused, with the reasons, also without the network', async () => {
  parts.lose()
  const { uploader } = createUploaderFixture({ restrictions: { maxSize: 5 } })
  await expect(uploader.uploadAsync(files(['a'])[0]!)).rejects.toMatchObject({
    code: 'file-rejected',
    details: { name: 'a', reasons: [{ code: 'file-too-large' }] },
  })
})

// Firefox does not tell what was sent by then: a person is to decide about such a file.
test.each(['network', 'sent-unknown'] as const)(
  'a network that is gone unnoticed (%s) does not take a thousand files with it while what judges failures cannot be loaded',
  async (how) => {
    parts.lose()
    const clock = createManualClock()
    const { uploader, statuses, storage } = createUploaderFixture(
      { clock },
      { answer: (request) => (clock.now() < 60_000 ? request.fail(how) : request.succeed()) },
    )
    uploader.add(numbered(1_000))
    await clock.advance(60_000)
    expect(storage.requests.length).toBeLessThan(30)
    await clock.advance(60_000)
    expect(statuses().filter((status) => status === 'error').length).toBeLessThan(20)
    expect(statuses()).not.toContain('queued')
  },
)

test('files that fail for reasons of their own hold up no other while what judges failures cannot be loaded', async () => {
  parts.lose()
  const unreadable = new CosUploadError('file-unreadable', 'gone', { name: 'a', problem: 'gone' })
  const { uploader, run, statuses } = createUploaderFixture(
    { concurrency: 1 },
    { answer: (request) => void (request.key.endsWith('/d') || request.reject(unreadable)) },
  )
  uploader.add(files(['a', 'b', 'c', 'd']))
  await run()
  expect(statuses()).toEqual(['error', 'error', 'error', 'uploading'])
})

test('what broke while the browser told nothing is asked about also when what judges failures cannot be loaded', async () => {
  parts.lose()
  const asked: string[] = []
  const { uploader, run, clock, storage } = createUploaderFixture({
    confirm: ({ key }) => {
      asked.push(key)
      return new Promise(() => {})
    },
  })
  uploader.add(files(['a']))
  await run()
  storage.last().reject(new CosUploadError('network', 'reset', { probe: null, url: 'https://bucket/', sentUnknown: true }))
  await clock.advance(10_000)
  expect([asked, storage.requests.length]).toEqual([['uploads/1/a'], 1])
})

test('a token in the query of the bucket is in no error either where the words for it cannot be loaded', async () => {
  parts.lose()
  const signer = createUploaderFixture().policy
  const { uploader, run, storage, items } = createUploaderFixture({
    policy: async (request, options) => {
      const reply = await signer.source(request, options)
      return { ...reply, posts: reply.posts.map((post) => ({ ...post, url: 'https://upload.example/?sign=SECRET' })) }
    },
  })
  uploader.add(files(['a']))
  await run()
  storage.last().progress(10, 'waiting')
  storage.last().reject(new TypeError('Failed to fetch'))
  await run()
  expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', details: { url: 'https://upload.example/' } } }])
  expect(JSON.stringify(items())).not.toContain('SECRET')
})

test.each([
  ['before the file is sent again, where nobody can be asked', {}, 2],
  ['before a server is asked', { confirm: () => new Promise<never>(() => {}) }, 1],
])('when what judges failures cannot be loaded a doubt is told as well, %s', async (_, options, sent) => {
  parts.lose()
  const { uploader, run, clock, storage, events } = createUploaderFixture(options)
  uploader.add(files(['a']))
  await run()
  const error = new CosUploadError('network', 'reset', { probe: null, url: 'https://bucket/', sentUnknown: true })
  storage.last().reject(error)
  await run()
  expect(events.filter(({ type }) => type === 'outcome-doubted')).toMatchObject([{ item: { name: 'a' }, error }])
  await clock.advance(10_000)
  expect(storage.requests).toHaveLength(sent)
})

test('a connection that broke, asked about later, is still told as that where what judges failures did not load', async () => {
  parts.lose()
  const { uploader, run, clock, storage, items } = createUploaderFixture({ confirm: async () => ({ outcome: 'different' }) })
  uploader.add(files(['a']))
  await run()
  storage.last().reject(new CosUploadError('network', 'reset', { probe: null, url: 'https://bucket/', sentUnknown: true }))
  await clock.advance(10_000)
  expect(items()).toMatchObject([{ error: { code: 'network', message: 'reset' } }])
})

test('a lost reply, asked about later, is still told as that where what judges failures did not load', async () => {
  parts.lose()
  const { uploader, run, clock, storage, items } = createUploaderFixture({ confirm: async () => ({ outcome: 'different' }) })
  const [a] = uploader.add(files(['a']))
  await run()
  storage.last().fail('outcome-unknown')
  await run()
  uploader.retry(a)
  await clock.advance(10_000)
  expect(items()).toMatchObject([{ error: { code: 'outcome-unknown', message: expect.stringContaining('another object') } }])
})

test('a file that somebody retries has all its tries again, also where what judges failures cannot be loaded', async () => {
  parts.lose()
  const { uploader, run, clock, storage, statuses } = createUploaderFixture({ retry: { attempts: 2 } })
  const [a] = uploader.add(files(['a']))
  await run()
  for (let tries = 0; tries < 2; tries += 1) {
    storage.last().fail('network')
    await clock.advance(5_000)
  }
  expect(statuses()).toEqual(['error'])
  uploader.retry(a)
  await run()
  storage.last().fail('network')
  await clock.advance(5_000)
  expect(statuses()).toEqual(['uploading'])
  expect(storage.requests).toHaveLength(4)
})

test.each([
  ['many tries', { attempts: 1_000 }, 20, 'retrying'],
  ['a number of tries that was not read', { attempts: Number.NaN }, 1, 'error'],
])('with %s a file is not sent again for ever, nor parked for a day, where what judges failures cannot be loaded', async (_, retry, sent, status) => {
  parts.lose()
  const { uploader, clock, storage, statuses } = createUploaderFixture({ retry }, { answer: (request) => request.fail('network') })
  uploader.add(files(['a']))
  await clock.advance(30 * 60_000)
  expect(storage.requests.length).toBeGreaterThanOrEqual(sent)
  expect(statuses()).toEqual([status])
})

test('a network that is gone is no failure of the file, also where what judges failures cannot be loaded', async () => {
  parts.lose()
  const { uploader, run, clock, storage, statuses, network } = createUploaderFixture({ retry: false })
  uploader.add(files(['a']))
  await run()
  network.goOffline()
  storage.last().fail('network')
  await clock.advance(60_000)
  expect(statuses()).toEqual(['retrying'])
  network.goOnline()
  await run()
  expect(statuses()).toEqual(['uploading'])
})

test('what surely was not stored is no doubt, also where what judges failures cannot be loaded', async () => {
  parts.lose()
  const asked: string[] = []
  const { uploader, run, clock, storage, told } = createUploaderFixture({
    confirm: async ({ key }) => {
      asked.push(key)
      return { outcome: 'absent' }
    },
  })
  uploader.add(files(['a']))
  await run()
  storage.last().progress(5)
  storage.last().fail('network')
  await clock.advance(5_000)
  expect(told()).not.toContain('outcome-doubted')
  expect([asked, storage.requests.length]).toEqual([[], 2])
})
