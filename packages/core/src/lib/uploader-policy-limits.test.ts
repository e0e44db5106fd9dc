import { describe, expect, test } from 'vitest'
import { createManualClock, type ManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource, unreachable } from './testing/scripted-policy-source.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { CosUploadError } from './upload-error.ts'

const day = 24 * 3_600_000

describe('receipts that have run out', () => {
  /** As `createPolicyHandler` does it: a receipt renews a policy for a day, and is refused after that. */
  const forgetful = (clock: ManualClock, hours = 24) =>
    createScriptedPolicySource({
      clock,
      before({ files: asked }) {
        if (clock.now() < hours * 3_600_000 || asked.every(({ receipt }) => receipt === undefined)) return
        const details = { url: null, status: 403, serverCode: 'receipt-expired', serverMessage: 'The receipt of this upload has ended.' }
        throw new CosUploadError('policy-refused', 'The receipt of this upload has ended.', details)
      },
    })

  test('files that were signed ahead and waited a day in a paused queue are signed anew', async () => {
    const clock = createManualClock()
    const { source } = forgetful(clock)
    const { uploader, storage, statuses } = createUploaderFixture({ clock, policy: source, concurrency: 1 })
    uploader.add(files(['a', 'b', 'c']))
    await clock.advance(0)
    uploader.pause()
    storage.last().succeed()
    // A laptop that was closed overnight.
    await clock.advance(25 * 3_600_000)
    uploader.resume()
    for (let n = 0; n < 2; n += 1) {
      await clock.advance(1)
      for (const request of storage.active()) request.succeed()
    }
    await clock.advance(16)
    expect(statuses()).toEqual(['success', 'success', 'success'])
  })

  test('a file that failed yesterday can be retried', async () => {
    const clock = createManualClock()
    const { source } = forgetful(clock)
    const { uploader, storage, items } = createUploaderFixture({ clock, policy: source, retry: false })
    const [a] = uploader.add(files(['a']))
    await clock.advance(0)
    storage.last().refuse(500, 'InternalError')
    await clock.advance(25 * 3_600_000)
    uploader.retry(a)
    await clock.advance(60_000)
    expect(items()).toMatchObject([{ status: 'uploading' }])
  })

  test('that of a file which failed yesterday does not take the key of one under way, which may be stored under it', async () => {
    const clock = createManualClock()
    const yesterdays = forgetful(clock)
    const { uploader, storage } = createUploaderFixture({
      clock,
      lookAhead: 0,
      async policy(request, options) {
        // The others have receipts of today.
        const { source } = request.files.some(({ name }) => name === 'old') ? yesterdays : fresh
        return source(request, options)
      },
    })
    const fresh = createScriptedPolicySource({ clock })
    const [old] = uploader.add(files(['old']))
    await clock.advance(0)
    storage.last().refuse(403, 'AccessDenied')
    await clock.advance(25 * 3_600_000)
    uploader.add(files(['new']))
    await clock.advance(0)
    storage.last().reply({ status: 504, body: 'Gateway Time-out' })
    await clock.advance(0)
    uploader.retry(old)
    await clock.advance(5_000)
    const sent = storage.requests.filter(({ form }) => form.filename === 'new').map(({ key }) => key)
    expect(sent).toHaveLength(2)
    expect(new Set(sent).size).toBe(1)
  })

  test('a queue that was paused for longer than receipts live is signed together again, not file by file', async () => {
    const issued = new Map<string, number>()
    const fixture = createUploaderFixture(
      { concurrency: 3 },
      {
        // As createPolicyHandler does it: one receipt that has run out refuses the request.
        before({ files }) {
          const now = fixture.clock.now()
          for (const { receipt } of files) {
            if (receipt === undefined) continue
            const since = issued.get(receipt) ?? now
            issued.set(receipt, since)
            if (now - since > day) {
              const details = { url: null, status: 403, serverCode: 'receipt-expired', serverMessage: null }
              throw new CosUploadError('policy-refused', 'The receipt of this upload has ended.', details)
            }
          }
        },
        answer: (request) => request.succeed(),
      },
    )
    const { uploader, clock, run, policy, statuses } = fixture
    uploader.pause()
    uploader.add(numbered(120))
    await run()
    // The first are sent, and a hundred are signed ahead.
    let sent = 0
    const stop = uploader.onEvent(({ type }) => {
      if (type === 'upload-started' && ++sent === 3) uploader.pause()
    })
    uploader.resume()
    await run()
    stop()
    const before = policy.requests.length
    for (let at = 1; at <= 120; at += 1) issued.set(`receipt:uploads/${at}/${at - 1}.bin`, 0)
    await clock.advance(2 * day)
    uploader.resume()
    await clock.advance(60_000)
    expect(new Set(statuses())).toEqual(new Set(['success']))
    expect(policy.requests.length - before).toBeLessThan(20)
  })
})

describe('a policy endpoint that signs so many forms a minute', () => {
  /** As `rateLimit` of @cosdrop/server does it: what is refused counts, too. */
  async function minutesFor(count: number, perWindow: number, seconds = 60): Promise<{ minutes: number; failed: number; early: number }> {
    const clock = createManualClock()
    const used = new Map<number, number>()
    let [restUntil, early] = [0, 0]
    const { source } = createScriptedPolicySource({
      clock,
      before({ files: asked }) {
        if (clock.now() < restUntil) early += 1
        const window = Math.floor(clock.now() / 1_000 / seconds)
        used.set(window, (used.get(window) ?? 0) + asked.length)
        if ((used.get(window) ?? 0) <= perWindow) return
        restUntil = (window + 1) * seconds * 1_000
        throw unreachable(429, Math.ceil((restUntil - clock.now()) / 1_000))
      },
    })
    const { uploader, statuses } = createUploaderFixture({ clock, policy: source, concurrency: 6 }, { answer: (request) => request.succeed() })
    uploader.add(numbered(count, 1))
    while (statuses().some((status) => status !== 'success' && status !== 'error') && clock.now() < 200 * 60_000) await clock.advance(1_000)
    return { minutes: Math.ceil(clock.now() / 60_000), failed: statuses().filter((status) => status === 'error').length, early }
  }

  test.each([
    [100, 600, 16],
    [60, 600, 25],
    [20, 600, 75],
    [5, 200, 200],
  ])('%i: %i files take no more than %i minutes', async (perMinute, count, most) => {
    const { minutes, failed, early } = await minutesFor(count, perMinute)
    expect([failed, early]).toEqual([0, 0])
    expect(minutes).toBeLessThanOrEqual(most)
  })

  test('and so many an hour: nothing fails, however long that is', async () => {
    const { failed, early, minutes } = await minutesFor(250, 100, 3_600)
    expect([failed, early]).toEqual([0, 0])
    expect(minutes).toBeLessThanOrEqual(181)
  })
})

test('a queue that was paused for an hour is signed together again, though a hundred policies ran out meanwhile', async () => {
  const { uploader, clock, run, policy, statuses } = createUploaderFixture({ concurrency: 3 }, { answer: (request) => request.succeed() })
  let started = 0
  const stop = uploader.onEvent(({ type }) => {
    if (type === 'upload-started' && ++started === 3) uploader.pause()
  })
  uploader.add(numbered(100, 1))
  await run()
  stop()
  await clock.advance(3_600_000)
  uploader.resume()
  await run()
  expect(new Set(statuses())).toEqual(new Set(['success']))
  expect(policy.requests.length).toBeLessThan(5)
})

test.each([
  [5, Infinity],
  [10, Infinity],
  [20, Infinity],
  // Its limit is not forgotten with each hiccup.
  [10, 4],
])('an endpoint that signs %d files at a time, and is down each %dth time, does not refuse every second request', async (maxFiles, nth) => {
  let refusals = 0
  const { uploader, clock, policy, statuses } = createUploaderFixture(
    {},
    {
      answer: (request) => request.succeed(),
      before({ files }, count) {
        if (count % nth === 0) throw unreachable(503)
        if (files.length <= maxFiles) return
        refusals += 1
        // As createPolicyHandler of @cosdrop/server does.
        throw new CosUploadError('policy-refused', 'too many', { url: null, status: 400, serverCode: 'too-many-files', serverMessage: null })
      },
    },
  )
  uploader.add(numbered(1_000))
  await clock.advance(600_000)
  expect(new Set(statuses())).toEqual(new Set(['success']))
  expect(refusals).toBeLessThan(policy.requests.length / 4)
})

test('an endpoint that allows none of many files is asked about once for each, and not seven times', async () => {
  const { uploader, policy, run, statuses } = createUploaderFixture(
    {},
    {
      before() {
        throw new CosUploadError('policy-refused', 'no', { url: null, status: 403, serverCode: null, serverMessage: null })
      },
    },
  )
  uploader.add(numbered(300))
  await run()
  await run()
  expect(new Set(statuses())).toEqual(new Set(['error']))
  expect(policy.requests.length).toBeLessThan(330)
})

test.each([1, 20])('an endpoint that signs only the first of a request, %d of them, gets the others again', async (first) => {
  const clock = createManualClock()
  const scripted = createScriptedPolicySource({ clock })
  const { uploader, statuses } = createUploaderFixture(
    {
      clock,
      async policy(request, options) {
        const reply = await scripted.source(request, options)
        return { ...reply, posts: reply.posts.slice(0, first) }
      },
    },
    { answer: (request) => request.succeed() },
  )
  uploader.add(numbered(200))
  await clock.advance(60_000)
  expect(new Set(statuses())).toEqual(new Set(['success']))
})

test('an endpoint that answers something else as soon as one file is not to its taste takes no other with it', async () => {
  const clock = createManualClock()
  const { source } = createScriptedPolicySource({ clock })
  const { uploader, items } = createUploaderFixture(
    {
      clock,
      policy: async (request, options) =>
        request.files.some(({ name }) => name === '20.bin') ? JSON.parse('{"code":40301,"msg":"no"}') : source(request, options),
    },
    { answer: (request) => request.succeed() },
  )
  uploader.add(numbered(40))
  await clock.advance(60_000)
  expect(items().flatMap(({ name, status }) => (status === 'success' ? [] : name))).toEqual(['20.bin'])
})
