import { describe, expect, test, vi } from 'vitest'
import { systemClock } from './clock.ts'
import type { PolicySource, SignedPost } from './policy/policy-source.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import type { ScriptedRequest } from './testing/scripted-transport.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { CosUploadError } from './upload-error.ts'

const expiredMessage = 'You post object request has been expired, expiration time: 1621188104 but the time now : 1621245817'

describe('a file of a folder', () => {
  test('is asked for with its path, so that a server can keep the folders; one that was chosen by itself is not', async () => {
    const { uploader, run, policy } = createUploaderFixture()
    const [photo, note] = files(['beach.jpg', 'note.txt'])
    uploader.add([{ file: photo!, relativePath: 'holidays/2026/beach.jpg' }, note!])
    await run()
    expect(policy.requests).toEqual([
      {
        files: [
          { name: 'beach.jpg', relativePath: 'holidays/2026/beach.jpg', type: '', size: 10 },
          { name: 'note.txt', type: '', size: 10 },
        ],
      },
    ])
    // As it goes over the wire.
    expect(JSON.stringify(policy.requests[0])).not.toContain('null')
  })
})

test('files that are taken out before their turn are signed for no longer', async () => {
  let given: AbortSignal | undefined
  const { uploader, run, storage } = createUploaderFixture(
    { concurrency: 1, lookAhead: 4 },
    {
      before(_request, count, signal) {
        if (count === 1) return undefined
        given = signal
        return new Promise(() => {})
      },
    },
  )
  const ids = uploader.add(numbered(20))
  await run()
  while (!given) {
    storage.last().succeed()
    await run()
  }
  for (const id of ids) if (uploader.getItem(id)?.status === 'queued') uploader.remove(id)
  await run()
  expect(storage.active()).toHaveLength(1)
  expect(given.aborted).toBe(true)
})

describe('a policy that runs out', () => {
  test('refused as expired, a file gets a new policy for the same key and no attempt is used up', async () => {
    const { uploader, run, storage, policy, items } = createUploaderFixture({ retry: { attempts: 1 } })
    uploader.add(files(['a.txt']))
    await run()
    storage.last().refuse(403, 'AccessDenied', expiredMessage)
    await run()
    expect(policy.requests[1]).toEqual({ files: [{ name: 'a.txt', type: '', size: 10, key: 'uploads/1/a.txt', receipt: 'receipt:uploads/1/a.txt' }] })
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 1 }])
    storage.last().succeed()
    await run()
    expect(items()).toMatchObject([{ status: 'success', result: { key: 'uploads/1/a.txt' } }])
  })

  test('a file that somebody retries is renewed again, and counted from its first attempt, whatever came of the renewal before', async () => {
    const { uploader, run, storage, items } = createUploaderFixture(
      {},
      {
        before(_request, count) {
          if (count === 2) throw new CosUploadError('policy-refused', 'no', { url: null, status: 403, serverCode: null, serverMessage: null })
        },
      },
    )
    uploader.add(files(['a']))
    await run()
    storage.last().refuse(403, 'AccessDenied', expiredMessage)
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-refused' } }])
    uploader.retry()
    await run()
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 1 }])
    storage.last().refuse(403, 'AccessDenied', expiredMessage)
    await run()
    storage.last().refuse(403, 'AccessDenied')
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'service' } }])
    uploader.retry()
    await run()
    storage.last().refuse(403, 'AccessDenied', expiredMessage)
    await run()
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 1 }])
    expect(storage.requests).toHaveLength(5)
  })

  test('found out before anything was sent, it is renewed, and what is sent then is the first attempt', async () => {
    const clock = createManualClock()
    const late = createScriptedPolicySource({ clock, serverStart: Date.UTC(2026, 0, 1) - 86_400_000 })
    const { source } = createScriptedPolicySource({ clock })
    let asked = 0
    const policy: PolicySource = async (request, options) => {
      const reply = await source(request, options)
      return asked++
        ? reply
        : { ...reply, posts: (await late.source(request, options)).posts.map((post) => ({ ...post, expiresAt: '2026-01-01T01:00:00Z' })) }
    }
    const { uploader, run, items } = createUploaderFixture({ clock, policy })
    uploader.add(files(['a']))
    await run()
    expect(asked).toBe(2)
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 1 }])
  })

  test('is renewed once for each attempt, and not once for all', async () => {
    const { uploader, run, storage, clock, items } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().refuse(403, 'AccessDenied', expiredMessage)
    await run()
    storage.last().refuse(500, 'InternalError')
    await clock.advance(1_000)
    storage.last().refuse(403, 'AccessDenied', expiredMessage)
    await run()
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 2 }])
    expect(storage.requests).toHaveLength(4)
  })

  test('refused as expired again, it fails and says whose clock to look at', async () => {
    const { uploader, run, storage, items } = createUploaderFixture()
    uploader.add(files(['a.txt']))
    await run()
    storage.last().refuse(403, 'AccessDenied', expiredMessage)
    await run()
    storage.last().refuse(403, 'Request has expired')
    await run()
    const { expiration } = JSON.parse(atob(storage.last().form.value('policy') ?? ''))
    expect(items()).toMatchObject([
      { status: 'error', error: { code: 'policy-expired', details: { expiresAt: expiration }, cause: { code: 'service' } } },
    ])
    expect(storage.requests).toHaveLength(2)
  })

  test('refused for each file however new it is, since a clock is wrong, it is not signed anew for each of hundreds', async () => {
    const { uploader, run, policy, statuses, clock } = createUploaderFixture(
      { concurrency: 1 },
      { answer: (request) => request.refuse(403, 'AccessDenied', expiredMessage) },
    )
    uploader.add(numbered(300))
    for (let turns = 0; turns < 30; turns += 1) await run()
    expect(new Set(statuses())).toEqual(new Set(['error']))
    expect(policy.requests.length).toBeLessThan(6)
    // Somebody has set it.
    await clock.advance(11_000)
    const before = policy.requests.length
    uploader.retry(uploader.getSnapshot().ids[0])
    await run()
    expect(policy.requests.length).toBe(before + 1)
  })

  test('one file too large for the line, whose new policy ran out on its way as well, takes no other its own new one', async () => {
    const { uploader, run, storage, clock, items } = createUploaderFixture({ concurrency: 2 }, { life: 1_000_000 })
    uploader.add(files(['large', 'other'], 1_000))
    await run()
    const [first, other] = storage.requests
    let out = 0
    const runOutOnItsWay = async (request?: ScriptedRequest): Promise<void> => {
      for (let at = 1; at < 11; at += 1) {
        request?.progress(at * 90)
        other?.progress((out += 40))
        await clock.advance(110_000)
      }
      request?.refuse(403, 'AccessDenied', expiredMessage)
      await run()
    }
    await runOutOnItsWay(first)
    await runOutOnItsWay(storage.last())
    other?.refuse(403, 'AccessDenied', expiredMessage)
    await run()
    expect(items()).toMatchObject([
      { status: 'error', error: { code: 'policy-expired' } },
      { status: 'uploading', attempt: 1 },
    ])
  })

  test('refused as expired again, it tells when that was, however the signer has written its policy', async () => {
    const { source } = createScriptedPolicySource({ clock: createManualClock() })
    const policy: PolicySource = async (request, options) => {
      const reply = await source(request, options)
      const spaced = (text: string): string => btoa(JSON.stringify(JSON.parse(atob(text)), null, 2))
      return { ...reply, posts: reply.posts.map((post) => ({ ...post, fields: { ...post.fields, policy: spaced(post.fields?.['policy'] ?? '') } })) }
    }
    const { uploader, run, storage, items } = createUploaderFixture({ policy })
    uploader.add(files(['a.txt']))
    await run()
    storage.last().refuse(403, 'AccessDenied', expiredMessage)
    await run()
    storage.last().refuse(403, 'Request has expired')
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-expired', details: { expiresAt: '2026-01-01T00:15:00.000Z' } } }])
  })

  test('found out again before anything was sent, it fails and tells when that was', async () => {
    const clock = createManualClock()
    const late = createScriptedPolicySource({ clock, life: -60_000 })
    const policy: PolicySource = async (request, options) => {
      const reply = await late.source(request, options)
      return { ...reply, posts: reply.posts.map((post) => ({ ...post, expiresAt: '2026-01-01T01:00:00Z' })) }
    }
    const { uploader, run, storage, items } = createUploaderFixture({ clock, policy })
    uploader.add(files(['a']))
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-expired', details: { expiresAt: '2025-12-31T23:59:00.000Z' } } }])
    expect(storage.requests).toEqual([])
  })

  test('with too little life left it is signed again before anything is sent', async () => {
    const { uploader, run, storage, policy, clock } = createUploaderFixture({ concurrency: 1 }, { life: 60_000 })
    uploader.add(files(['a', 'b']))
    await run()
    expect(policy.requests).toHaveLength(1)
    await clock.advance(56_000)
    storage.last().succeed()
    await run()
    expect(policy.requests).toHaveLength(2)
    expect(storage.last().form.filename).toBe('b')
    expect(storage.requests).toHaveLength(2)
  })

  test('policies of 2 seconds are enough for files that take half a second each', async () => {
    const { uploader, storage, clock, statuses } = createUploaderFixture({ concurrency: 2 }, { life: 2_000 })
    uploader.add(numbered(40))
    const sentAt: number[] = []
    while (statuses().some((status) => status !== 'success')) {
      await clock.advance(500)
      for (const request of storage.active()) {
        sentAt.push(clock.now())
        request.succeed()
      }
      await clock.advance(0)
    }
    expect(storage.requests).toHaveLength(40)
  })

  test.each([-86_400_000, 86_400_000])('a device clock that is wrong by %d ms changes nothing', async (skew) => {
    const { uploader, run, storage, policy, statuses } = createUploaderFixture({}, { serverStart: Date.now() + skew, life: 60_000 })
    uploader.add(files(['a']))
    await run()
    storage.last().succeed()
    await run()
    expect(statuses()).toEqual(['success'])
    expect(policy.requests).toHaveLength(1)
  })
})

test('an app in JavaScript may have the policies at hand: they need not come as a promise', async () => {
  const { posts, serverTime } = await createScriptedPolicySource({ clock: createManualClock() }).source(
    { files: [{ name: 'a', type: '', size: 10 }] },
    { signal: new AbortController().signal },
  )
  // @ts-expect-error -- What the type forbids, nobody tells who has no types.
  const { uploader, run, statuses } = createUploaderFixture({ policy: () => ({ posts, serverTime }) })
  uploader.add(files(['a']))
  await run()
  expect(statuses()).toEqual(['uploading'])
})

describe('few sign requests', () => {
  test('1,000 small files take about ten', async () => {
    const { uploader, clock, policy, statuses } = createUploaderFixture({ concurrency: 3 }, { answer: (request) => request.succeed() })
    uploader.add(numbered(1_000, 100))
    await clock.advance(1)
    expect(new Set(statuses())).toEqual(new Set(['success']))
    expect(policy.requests.length).toBeLessThanOrEqual(12)
    expect(Math.max(...policy.requests.map((request) => request.files.length))).toBe(100)
    const asked = policy.requests.flatMap((request) => request.files.map(({ name }) => name))
    expect(new Set(asked).size).toBe(asked.length)
  })

  test('a file that was canceled while it waited is not signed ahead', async () => {
    const { uploader, run, policy } = createUploaderFixture({ concurrency: 1 })
    uploader.pause()
    const [, b = ''] = uploader.add(files(['a', 'b', 'c']))
    uploader.cancel(b)
    uploader.resume()
    await run()
    expect(policy.requests.map((request) => request.files.map(({ name }) => name))).toEqual([['a', 'c']])
  })

  test('policies that would run out before their turn are not asked for again and again', async () => {
    const { uploader, storage, clock, policy, statuses } = createUploaderFixture({ concurrency: 1 }, { life: 12_000 })
    uploader.add(numbered(60))
    while (statuses().some((status) => status !== 'success')) {
      await clock.advance(3_000)
      for (const request of storage.active()) request.succeed()
      await clock.advance(0)
    }
    const signed = policy.requests.flatMap((request) => request.files).length
    // Looking as far ahead each time would sign some 60 * 60 / 2 / 3 = 600.
    expect(signed).toBeLessThan(300)
    expect(policy.requests.length).toBeLessThan(60)
  })

  test('large files are signed when their turn comes, not an hour before', async () => {
    const { uploader, run, policy } = createUploaderFixture({ concurrency: 1 })
    uploader.add(files(['a', 'b', 'c'], 20 * 2 ** 20))
    await run()
    expect(policy.requests.map((request) => request.files.map(({ name }) => name))).toEqual([['a', 'b']])
  })

  test('wishes and context go with every request', async () => {
    const { uploader, run, policy } = createUploaderFixture({ fields: { 'x-cos-meta-album': '7' }, context: { ticket: 12 }, lookAhead: 0 })
    uploader.add([new File(['x'], 'a.png', { type: 'image/png' })])
    await run()
    expect(policy.requests).toEqual([
      { files: [{ name: 'a.png', type: 'image/png', size: 1 }], fields: { 'x-cos-meta-album': '7' }, context: { ticket: 12 } },
    ])
  })
})

describe('a form that breaks its own policy', () => {
  test('fails before a byte is sent, with field, condition and value', async () => {
    const { uploader, run, storage, items } = createUploaderFixture(
      {},
      { conditions: [{ kind: 'starts-with', field: 'Content-Type', value: 'image/' }] },
    )
    uploader.add([new File(['x'], 'a.txt', { type: 'text/plain' })])
    await run()
    expect(items()).toMatchObject([
      {
        status: 'error',
        attempt: 0,
        error: { code: 'policy-mismatch', details: { field: 'Content-Type', condition: 'starts-with', expected: 'image/', actual: 'text/plain' } },
      },
    ])
    expect(storage.requests).toHaveLength(0)
  })

  test('so does one with a Content-MD5, which is made when the file was read', async () => {
    const { uploader, run, storage, items } = createUploaderFixture(
      { contentMd5: true },
      { conditions: [{ kind: 'eq', field: 'Content-MD5', value: 'of another file' }] },
    )
    uploader.add(files(['a']))
    await vi.waitFor(async () => {
      await run()
      expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-mismatch', details: { field: 'Content-MD5' } } }])
    })
    expect(storage.requests).toHaveLength(0)
  })

  test('so does a file outside the size range', async () => {
    const { uploader, run, storage, items } = createUploaderFixture({}, { conditions: [{ kind: 'content-length-range', min: 1, max: 5 }] })
    uploader.add(files(['a'], 6))
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-mismatch', details: { expected: '1 to 5 bytes', actual: '6' } } }])
    expect(storage.requests).toHaveLength(0)
  })
})

test.each([
  ['form-invalid', { file: 'a' }],
  ['policy-mismatch', { key: 'another' }],
  ['policy-malformed', { policy: 'e30=' }],
] as const)('a file whose form was wrong (%s) can be retried as soon as the policy endpoint is put right', async (code, slip) => {
  const clock = createManualClock()
  const { source, requests } = createScriptedPolicySource({ clock })
  let wrong = true
  const { uploader, items } = createUploaderFixture({
    clock,
    async policy(request, options) {
      const reply = await source(request, options)
      return wrong ? { ...reply, posts: reply.posts.map((post) => ({ ...post, fields: { ...post.fields, ...slip } })) } : reply
    },
  })
  const [a] = uploader.add(files(['a']))
  await clock.advance(0)
  expect(items()).toMatchObject([{ status: 'error', error: { code } }])
  wrong = false
  uploader.retry(a)
  await clock.advance(0)
  expect(items()).toMatchObject([{ status: 'uploading' }])
  expect(requests).toHaveLength(2)
})

test('a file that storage refused can be retried as soon as the policy endpoint is put right, and keeps its key', async () => {
  const { uploader, run, storage, policy } = createUploaderFixture()
  const [a] = uploader.add(files(['a']))
  await run()
  const { key } = storage.last()
  storage.last().refuse(403, 'InvalidAccessKeyId')
  await run()
  uploader.retry(a)
  await run()
  expect(storage.requests).toHaveLength(2)
  expect(policy.requests).toMatchObject([{}, { files: [{ key, receipt: `receipt:${key}` }] }])
  expect(storage.last().key).toBe(key)
})

test.each<[string, (request: ScriptedRequest) => void]>([
  ['where nobody is', (request) => request.fail('network')],
  ['of a web page', (request) => request.reply({ status: 200, body: '<html>Welcome</html>', headers: { 'Content-Type': 'text/html' } })],
])('a file can be retried as soon as the policy endpoint tells the address of storage, and not one %s', async (_what, answer) => {
  const { uploader, run, storage, policy } = createUploaderFixture({ retry: false })
  const [a] = uploader.add(files(['a']))
  await run()
  answer(storage.last())
  await run()
  uploader.retry(a)
  await run()
  expect(storage.requests).toHaveLength(2)
  expect(policy.requests).toHaveLength(2)
})

test.each<[string, (request: ScriptedRequest) => void]>([
  [
    'whose connections break on the way',
    (request) => {
      request.progress(5)
      request.fail('network')
    },
  ],
  ['that storage was too busy for', (request) => request.refuse(503, 'SlowDown')],
])('files %s are not signed for one by one where the app itself retries each as it fails', async (_what, fail) => {
  const failed = new Set<string>()
  const { uploader, clock, statuses, policy } = createUploaderFixture(
    { retry: false, concurrency: 1 },
    {
      answer(request) {
        const { filename } = request.form
        if (failed.has(filename)) return request.succeed()
        failed.add(filename)
        return fail(request)
      },
    },
  )
  uploader.onEvent((event) => {
    if (event.type === 'upload-failed') uploader.retry(event.item.id)
  })
  uploader.add(numbered(20))
  await clock.advance(60_000)
  expect(new Set(statuses())).toEqual(new Set(['success']))
  expect(policy.requests).toHaveLength(1)
})

test('a file that storage is to be given more slowly takes no other policy for each of its tries', async () => {
  const { uploader, clock, run, storage, policy } = createUploaderFixture({ retry: { attempts: 3 } })
  uploader.add(files(['a']))
  for (let tries = 1; tries <= 3; tries += 1) {
    await run()
    expect(storage.requests).toHaveLength(tries)
    storage.last().refuse(429, 'TooManyRequests')
    await clock.advance(30_000)
  }
  expect(policy.requests).toHaveLength(1)
})

test('a file of which no form can be made does not take those along that are signed with it', async () => {
  const { uploader, run, storage, statuses } = createUploaderFixture({ retry: false })
  const [good, bad, late] = files(['good', 'bad', 'late'])
  // From JavaScript, where no type says that a name is a text.
  const name: string = JSON.parse('5')
  uploader.add([good!, { file: bad!, name }])
  await run()
  uploader.add([late!])
  await run()
  expect(storage.requests).toHaveLength(2)
  expect(statuses()).toEqual(['uploading', 'error', 'uploading'])
})

describe('posts that are not as they should be', () => {
  /** The scripted endpoint, with its posts changed. */
  const changed = (change: (post: SignedPost, name: string) => SignedPost) => {
    const clock = createManualClock()
    const { source, requests } = createScriptedPolicySource({ clock })
    const policy: PolicySource = async (request, options) => {
      const { posts, ...rest } = await source(request, options)
      return { ...rest, posts: posts.map((post, at) => change(post, request.files[at]!.name)) }
    }
    return { clock, policy, requests }
  }

  test('a field called "Key" is the key that is asked for again', async () => {
    const { requests, ...options } = changed(({ fields, ...post }) => {
      const { key = '', ...others } = fields ?? {}
      return { ...post, fields: { Key: key, ...others } }
    })
    const { uploader, storage, clock } = createUploaderFixture(options)
    uploader.add(files(['a']))
    await clock.advance(0)
    storage.last().refuse(403, 'AccessDenied', 'Request has expired')
    await clock.advance(0)
    expect(requests[1]!.files).toMatchObject([{ key: 'uploads/1/a', receipt: 'receipt:uploads/1/a' }])
    expect(storage.last().key).toBe('uploads/1/a')
  })

  test('one that cannot be used takes no other file with it', async () => {
    const { clock, policy } = changed((post, name) =>
      name === 'bad' ? JSON.parse(JSON.stringify({ ...post, fields: { ...post.fields, 'Content-Type': null } })) : post,
    )
    const { uploader, statuses } = createUploaderFixture({ clock, policy, concurrency: 2 }, { answer: (request) => request.succeed() })
    uploader.add(files(['a', 'b', 'c', 'bad', 'd']))
    await clock.advance(60_000)
    expect(statuses()).toEqual(['success', 'success', 'success', 'error', 'success'])
  })

  test('a list with a hole is not asked for without end', async () => {
    const clock = createManualClock()
    const { source, requests } = createScriptedPolicySource({ clock })
    const policy: PolicySource = async (request, options) => {
      if (requests.length > 50) throw new Error('Enough.')
      const { posts, ...rest } = await source(request, options)
      const signed: SignedPost[] = []
      signed.length = posts.length
      for (const [at, { name }] of request.files.entries()) if (name !== 'bad') signed[at] = posts[at]!
      return { ...rest, posts: signed }
    }
    const { uploader, items } = createUploaderFixture({ clock, policy, retry: false }, { answer: (request) => request.succeed() })
    uploader.add(files(['a', 'bad']))
    await clock.advance(60_000)
    expect(items()).toMatchObject([{ status: 'success' }, { status: 'error', error: { code: 'policy-malformed' } }])
    expect(requests.length).toBeLessThan(5)
  })
})

test('an endpoint may be given all the time in the world', async () => {
  const { source } = createScriptedPolicySource({ clock: systemClock, before: () => new Promise((resolve) => setTimeout(resolve, 20)) })
  const options = { policy: source, clock: systemClock, policyTimeout: Infinity, retry: false } as const
  const { uploader } = createUploaderFixture(options, { answer: (request) => request.succeed() })
  expect(await uploader.upload(files(['a']))).toMatchObject([{ status: 'success' }])
})

test.each([0, -1, NaN])('a look-ahead of %d is none', async (lookAhead) => {
  const { uploader, run, storage, policy } = createUploaderFixture({ lookAhead, concurrency: 1 })
  uploader.add(files(['a', 'b']))
  await run()
  expect(storage.active()).toHaveLength(1)
  expect(policy.requests).toMatchObject([{ files: [{ name: 'a' }] }])
})

test('a device that slept while policies ran out sends no file twice but those that were next, and asks for the others together', async () => {
  let refused = 0
  let serverTime = 0
  const clock = createManualClock()
  const scripted = createScriptedPolicySource({ clock })
  const { uploader, storage, statuses } = createUploaderFixture({
    clock,
    concurrency: 3,
    async policy(request, options) {
      const reply = await scripted.source(request, options)
      const posts = reply.posts.map((post) => ({ ...post, fields: { ...post.fields, 'x-cos-meta-signed': String(serverTime) } }))
      return { ...reply, posts }
    },
  })
  uploader.add(numbered(60))
  await clock.advance(0)
  // The lid is closed: no timer's time passes, and the server's does.
  serverTime = 3_600_000
  while (storage.active().length > 0) {
    for (const request of storage.active()) {
      if (serverTime - Number(request.form.value('x-cos-meta-signed')) > 900_000) {
        refused += 1
        request.refuse(403, 'AccessDenied', expiredMessage)
      } else request.succeed()
    }
    await clock.advance(0)
  }
  expect(new Set(statuses())).toEqual(new Set(['success']))
  expect({ refused, requests: scripted.requests.length }).toEqual({ refused: 3, requests: 2 })
})
