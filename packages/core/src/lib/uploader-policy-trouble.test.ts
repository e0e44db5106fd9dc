import { describe, expect, test } from 'vitest'
import { createHttpPolicySource } from './policy/http-policy-source.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource, unreachable } from './testing/scripted-policy-source.ts'
import { createStandingClock } from './testing/standing-clock.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { CosUploadError } from './upload-error.ts'

describe('a policy endpoint that fails', () => {
  test('is asked again by itself, while the file stays in "signing"', async () => {
    const { uploader, run, statuses, clock } = createUploaderFixture(
      {},
      {
        before(_, count) {
          if (count < 3) throw unreachable(500)
        },
      },
    )
    uploader.add(files(['a']))
    await run()
    expect(statuses()).toEqual(['signing'])
    await clock.advance(500)
    expect(statuses()).toEqual(['signing'])
    await clock.advance(1_000)
    expect(statuses()).toEqual(['uploading'])
  })

  test('that stays down fails the files that asked; the next ones leave it alone for a while, then try once and do not wait for ever', async () => {
    const { uploader, statuses, policy, clock, items } = createUploaderFixture(
      { concurrency: 1, retry: { attempts: 3, baseDelay: 1_000 } },
      {
        before() {
          throw unreachable()
        },
      },
    )
    uploader.add(files(['a', 'b', 'c']))
    await clock.advance(3_000)
    expect(statuses()).toEqual(['error', 'signing', 'queued'])
    await clock.advance(30_000)
    expect(statuses()).toEqual(['error', 'error', 'error'])
    expect(items()[0]).toMatchObject({ attempt: 0, error: { code: 'policy-unreachable' } })
    expect(policy.requests).toHaveLength(5)
  })

  test.each([
    [30, {}],
    [10, { policyTimeout: 10_000 }],
  ])('that does not answer within its time, %d s, is given up', async (seconds, options) => {
    const { uploader, clock, items } = createUploaderFixture({ ...options, retry: false }, { before: () => new Promise(() => {}) })
    uploader.add(files(['a']))
    await clock.advance(seconds * 1_000 - 1)
    expect(items()).toMatchObject([{ status: 'signing' }])
    await clock.advance(1)
    const message = expect.stringContaining(`did not answer for ${seconds} s`)
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-unreachable', message } }])
    // The frame that shows it.
    await clock.advance(16)
    expect(clock.pending()).toBe(0)
  })

  test('whose answer came while the page stood still is heard', async () => {
    const { clock, time, standStill } = createStandingClock()
    let answer = (): void => {}
    const before = () => new Promise<void>((resolve) => (answer = resolve))
    const { uploader, statuses, policy } = createUploaderFixture({ clock, retry: false }, { before })
    uploader.add(files(['a']))
    await time.advance(0)
    await standStill(60_000)
    answer()
    await time.advance(0)
    expect([policy.requests.length, statuses()]).toEqual([1, ['uploading']])
  })

  test('that refuses one file does not take the others with it', async () => {
    const { uploader, run, statuses, storage } = createUploaderFixture(
      {},
      {
        before({ files: asked }) {
          if (asked.some(({ name }) => name === 'bad'))
            throw new CosUploadError('policy-refused', 'no', { url: null, status: 403, serverCode: 'file-type', serverMessage: 'No bad files.' })
        },
      },
    )
    uploader.add(files(['a', 'bad', 'c', 'd', 'e']))
    for (let n = 0; n < 6; n += 1) {
      await run()
      for (const request of storage.active()) request.succeed()
    }
    expect(statuses()).toEqual(['success', 'error', 'success', 'success', 'success'])
  })

  test('that refuses one file far back in the queue is not asked twice for each of the others', async () => {
    const { uploader, clock, statuses, policy } = createUploaderFixture(
      { concurrency: 1 },
      {
        answer: (request) => request.succeed(),
        before({ files: asked }) {
          if (asked.some(({ name }) => name === '20.bin'))
            throw new CosUploadError('policy-refused', 'no', { url: null, status: 403, serverCode: null, serverMessage: null })
        },
      },
    )
    uploader.add(numbered(30))
    await clock.advance(1)
    expect(statuses().filter((status) => status === 'success')).toHaveLength(29)
    expect(policy.requests.length).toBeLessThan(25)
  })

  test('a source that answers nonsense is told what is wrong with it', async () => {
    const { uploader, run, items } = createUploaderFixture({
      // @ts-expect-error What a function in JavaScript may do.
      policy: async () => ({ serverTime: new Date().toISOString(), posts: [{ url: 'https://x/', fields: {} }] }),
    })
    uploader.add(files(['a']))
    await run()
    expect(items()).toMatchObject([{ error: { code: 'policy-malformed', details: { problem: '"posts[0].expiresAt" is missing' } } }])
  })

  test('canceling every file that asked gives up the request', async () => {
    const signals: AbortSignal[] = []
    const { uploader, run, statuses, clock } = createUploaderFixture(
      {},
      {
        before(_, __, signal) {
          signals.push(signal)
          return new Promise(() => {})
        },
      },
    )
    const [a, b] = uploader.add(files(['a', 'b']))
    await run()
    uploader.cancel(a)
    await run()
    expect(signals[0]?.aborted).toBe(false)
    uploader.cancel(b)
    await run()
    expect(signals[0]?.aborted).toBe(true)
    expect(statuses()).toEqual(['canceled', 'canceled'])
    // The frame that shows it.
    await clock.advance(16)
    expect(clock.pending()).toBe(0)
  })
})

/** A policy endpoint that refuses everybody until the session begins. */
function createSession() {
  let begun = false
  return {
    begin() {
      begun = true
    },
    before() {
      if (!begun) throw new CosUploadError('policy-refused', 'Sign in.', { url: null, status: 401, serverCode: null, serverMessage: null })
    },
  }
}

describe('a policy endpoint in trouble', () => {
  test('for ten seconds does not take a thousand files with it', async () => {
    const clock = createManualClock()
    const { source, requests } = createScriptedPolicySource({
      clock,
      before() {
        if (clock.now() < 10_000) throw unreachable()
      },
    })
    const { uploader, statuses } = createUploaderFixture({ clock, policy: source })
    uploader.add(numbered(1_000, 1))
    await clock.advance(60_000)
    expect(requests.length).toBeLessThan(20)
    expect(statuses().filter((status) => status === 'error').length).toBeLessThan(10)
  })

  test.each([3, 4, 7])('at one request in %d is asked a hundred times at most for a thousand files, and has soon signed them all', async (nth) => {
    const { uploader, clock, policy, statuses } = createUploaderFixture(
      { concurrency: 6 },
      {
        answer: (request) => request.succeed(),
        before(_request, count) {
          if (count % nth === 0) throw unreachable(503)
        },
      },
    )
    uploader.add(numbered(1_000, 1))
    await clock.advance(30_000)
    expect(new Set(statuses())).toEqual(new Set(['success']))
    expect(policy.requests.length).toBeLessThanOrEqual(100)
  })

  test('that fails at more than twenty files at a time is soon asked for no more', async () => {
    const { uploader, clock, policy, statuses } = createUploaderFixture(
      {},
      {
        answer: (request) => request.succeed(),
        before(request) {
          if (request.files.length > 20) throw unreachable(504)
        },
      },
    )
    uploader.add(numbered(300, 1))
    await clock.advance(60_000)
    expect(new Set(statuses())).toEqual(new Set(['success']))
    expect(policy.requests.length).toBeLessThan(60)
  })

  test('that asks to be left alone for 30 s is not asked once a file', async () => {
    const { uploader, clock, policy } = createUploaderFixture(
      { concurrency: 1 },
      {
        before() {
          throw unreachable(429, 30)
        },
      },
    )
    uploader.add(numbered(1_000, 1))
    await clock.advance(600_000)
    expect(policy.requests.length).toBeLessThan(25)
    uploader.destroy()
    await clock.advance(16)
    expect(clock.pending()).toBe(0)
  })

  test('without a session fails a thousand files with one request, and is asked again by who tries again', async () => {
    const session = createSession()
    const { uploader, run, policy, statuses } = createUploaderFixture({}, session)
    uploader.add(numbered(1_000))
    await run()
    expect(statuses().filter((status) => status === 'error')).toHaveLength(1_000)
    expect(policy.requests).toHaveLength(1)
    session.begin()
    uploader.retry()
    await run()
    expect(statuses().slice(0, 4)).toEqual(['uploading', 'uploading', 'uploading', 'queued'])
  })

  test('without a session is asked again for a file that is added later', async () => {
    const session = createSession()
    const { uploader, run, clock, statuses } = createUploaderFixture({}, session)
    uploader.add(files(['a']))
    await run()
    session.begin()
    await clock.advance(1_000)
    uploader.add(files(['b']))
    await run()
    expect(statuses()).toEqual(['error', 'uploading'])
  })

  test('and left alone for a while is asked at once when somebody wants to try again', async () => {
    let down = true
    const { uploader, clock, run, statuses, policy } = createUploaderFixture(
      { concurrency: 1, retry: { attempts: 1 } },
      {
        before() {
          if (down) throw unreachable(429, 120)
        },
      },
    )
    const [first] = uploader.add(files(['a', 'b']))
    await clock.advance(1_000)
    expect(statuses()).toEqual(['error', 'signing'])
    const before = policy.requests.length
    down = false
    uploader.retry(first!)
    await run()
    expect(policy.requests).toHaveLength(before + 1)
    expect(statuses()).toEqual(['queued', 'uploading'])
  })

  test('for one request, after it refused a few files, is asked again for the next file', async () => {
    let downs = 0
    const { uploader, clock, statuses, items } = createUploaderFixture(
      { concurrency: 1 },
      {
        answer: (request) => request.succeed(),
        before({ files: asked }) {
          if (asked.some(({ name }) => name.startsWith('bad')))
            throw new CosUploadError('policy-refused', 'no', { url: null, status: 403, serverCode: 'file-type', serverMessage: null })
          if ((downs += 1) === 1) throw new CosUploadError('policy-unreachable', 'down', { url: null, status: 502, retryAfter: null })
        },
      },
    )
    uploader.add(files(['bad1', 'bad2', 'bad3', 'bad4', 'bad5', 'good']))
    await clock.advance(60_000)
    expect(items().at(-1)).toMatchObject({ status: 'success' })
    expect(statuses().filter((status) => status === 'error')).toHaveLength(5)
  })

  test('only because the network was gone has all its tries when that is back', async () => {
    let failures = 30
    const { uploader, clock, statuses, items, network } = createUploaderFixture(
      {},
      {
        before() {
          if (failures-- > 0) throw unreachable()
        },
      },
    )
    network.goOffline()
    network.goOnline()
    uploader.add(files(['a', 'b', 'c', 'd']))
    await clock.advance(0)
    network.goOffline()
    await clock.advance(60_000)
    // "Attempt 0 of 5" would be none.
    expect(items()[0]).toMatchObject({ status: 'retrying', attempt: 1 })
    failures = 4
    network.goOnline()
    await clock.advance(60_000)
    expect(statuses()).toEqual(['uploading', 'uploading', 'uploading', 'queued'])
    // Nothing was sent before.
    expect(items().slice(0, 3)).toMatchObject([{ attempt: 1 }, { attempt: 1 }, { attempt: 1 }])
  })

  test('that throws at once, and is tried for ever without a wait, leaves the page its turns', async () => {
    let asked = 0
    const { uploader, run } = createUploaderFixture({
      retry: { attempts: Infinity, baseDelay: 0 },
      policy() {
        asked += 1
        return asked < 1_000 ? Promise.reject(new Error('No session.')) : new Promise(() => {})
      },
    })
    uploader.add(files(['a']))
    const ran = run()
    for (let turn = 0; turn < 100 && asked === 0; turn += 1) await new Promise<void>((done) => setImmediate(done))
    expect(asked).toBeLessThan(100)
    uploader.destroy()
    await ran
  })

  test('that throws what only looks like an error of ours fails the file, and the next is asked for', async () => {
    let odd = true
    const { uploader, clock, statuses } = createUploaderFixture(
      { concurrency: 1, retry: false },
      {
        before() {
          if (!odd) return
          odd = false
          throw Object.assign(new Error('odd'), { name: 'CosUploadError', code: 'policy-refused', details: undefined })
        },
      },
    )
    uploader.add(files(['a', 'b']))
    await clock.advance(0)
    expect(statuses()).toEqual(['error', 'uploading'])
  })
})

test('a destroyed uploader ends its sign request', async () => {
  const signals: AbortSignal[] = []
  const { uploader, run, clock } = createUploaderFixture({
    policy(_request, { signal }) {
      signals.push(signal)
      return new Promise(() => {})
    },
  })
  uploader.add(files(['a']))
  await run()
  uploader.destroy()
  await run()
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect(clock.pending()).toBe(0)
})

describe('a policy request that stays without an answer', () => {
  /** The first request is never answered. */
  const silentEndpoint = () => {
    const signals: AbortSignal[] = []
    const before = (_request: unknown, count: number, signal: AbortSignal): void | Promise<void> => {
      signals.push(signal)
      if (count === 1) return new Promise(() => {})
    }
    return { signals, before }
  }

  test('destroy ends the policy request also when a file waits that it does not ask for', async () => {
    const { signals, before } = silentEndpoint()
    const { uploader, run, clock } = createUploaderFixture({ concurrency: 2 }, { before })
    uploader.add(files(['a']))
    await run()
    uploader.add(files(['b']))
    await run()
    uploader.destroy()
    await run()
    expect(clock.pending()).toBe(0)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  test('a file does not wait for the silence about files that were canceled', async () => {
    const { before } = silentEndpoint()
    const { uploader, run, storage } = createUploaderFixture({ concurrency: 2 }, { before })
    uploader.add(files(['a']))
    await run()
    uploader.add(files(['b']))
    await run()
    uploader.cancel()
    await run()
    uploader.add(files(['c']))
    await run()
    expect(storage.active()).toHaveLength(1)
  })
})

test('what cannot be asked of the policy endpoint is told, and not that the endpoint is down', async () => {
  const { uploader, clock, items } = createUploaderFixture({ policy: '/api/policy', context: { ticket: 10n } })
  uploader.add(files(['a']))
  await clock.advance(120_000)
  const [item] = items()
  expect(item?.status === 'error' && item.error.message).toMatch(/serialize a BigInt/)
})

test('why the headers for the policy endpoint could not be made is told', async () => {
  const policy = createHttpPolicySource('/api/policy', {
    headers: () => {
      throw new Error('The session has ended: sign in again.')
    },
  })
  const { uploader, clock, items } = createUploaderFixture({ policy })
  uploader.add(files(['a']))
  await clock.advance(120_000)
  const [item] = items()
  expect(item?.status === 'error' && item.error.message).toMatch(/sign in again/)
})

test('a source that gives up by itself is not told to have been silent for 30 s', async () => {
  const policy = () => Promise.reject(new DOMException('My own 5 s are over.', 'AbortError'))
  const { uploader, clock, items } = createUploaderFixture({ policy, retry: false })
  uploader.add(files(['a']))
  await clock.advance(1_000)
  const [item] = items()
  expect(item?.status === 'error' && item.error.message).not.toMatch(/30 s/)
})

test('a token in the address of the policy endpoint is in no text', async () => {
  const { uploader, clock, items } = createUploaderFixture({ policy: 'http://127.0.0.1:9/policy?token=hush', retry: false })
  uploader.add(files(['a']))
  for (let turn = 0; turn < 20; turn += 1) {
    await clock.advance(0)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const [item] = items()
  expect(item).toMatchObject({ status: 'error', error: { code: 'policy-unreachable' } })
  expect(item?.status === 'error' && item.error.message).not.toMatch(/hush/)
})

test('a policy that was refused as expired is not sent again when signing anew fails at first', async () => {
  let down = false
  const { uploader, run, storage, clock, statuses, policy, network } = createUploaderFixture(
    {},
    {
      before() {
        if (down) throw unreachable()
      },
    },
  )
  uploader.add(files(['a']))
  await run()
  down = true
  storage.last().refuse(403, 'AccessDenied', 'You post object request has been expired, expiration time: 1621188104 but the time now : 1621245817')
  await run()
  network.goOffline()
  await clock.advance(60_000)
  expect(statuses()).toEqual(['retrying'])
  const before = policy.requests.length
  down = false
  network.goOnline()
  await run()
  expect(statuses()).toEqual(['uploading'])
  expect(policy.requests).toHaveLength(before + 1)
})

test('a page that the app itself answers with while there is no network fails no file: they go on when it is back', async () => {
  const { source } = createScriptedPolicySource({ clock: createManualClock() })
  const page = async (): Promise<Response> => new Response('<!doctype html>You are offline', { headers: { 'content-type': 'text/html' } })
  const served = createHttpPolicySource('https://app.example/policy', { fetch: page })
  let away = true
  const { uploader, clock, statuses, network } = createUploaderFixture({
    policy(request, options) {
      if (!away) return source(request, options)
      network.goOffline()
      return served(request, options)
    },
  })
  uploader.add(files(['a']))
  await clock.advance(60_000)
  expect(statuses()).toEqual(['retrying'])
  away = false
  network.goOnline()
  await clock.advance(60_000)
  expect(statuses()).toEqual(['uploading'])
})

test('a session that ended in a redirect to a login page costs no more requests than one that ended in a 401', async () => {
  let asked = 0
  const fetch = async (): Promise<Response> => {
    asked += 1
    return new Response('<!doctype html><form action=/login>', { headers: { 'content-type': 'text/html' } })
  }
  const { uploader, clock, statuses } = createUploaderFixture({ policy: createHttpPolicySource('https://app.example/policy', { fetch }) })
  uploader.add(numbered(1_000))
  await clock.advance(60_000)
  expect(new Set(statuses())).toEqual(new Set(['error']))
  expect(asked).toBeLessThan(10)
})
