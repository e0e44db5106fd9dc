import { describe, expect, test, vi } from 'vitest'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import type { PolicySource } from './policy/policy-source.ts'
import { probeNetwork } from './probe/probe-network.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import { failure } from './transport/transport-error.ts'
import { CosUploadError, type NetworkProbe } from './upload-error.ts'
import type { UploaderOptions } from './uploader.ts'

describe('sending again', () => {
  test('HTTP 408 of whoever stands before storage is tried again', async () => {
    const { uploader, run, storage, clock } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().reply({ status: 408, body: '<html><h1>408 Request Time-out</h1></html>' })
    await clock.advance(60_000)
    expect(storage.requests).toHaveLength(2)
  })

  // https://cloud.tencent.com/document/product/436/7730: "millisecond-level concurrency conflict", "network speed is too slow", a body cut on its way.
  test.each([
    [409, 'PathConflict'],
    [400, 'UserNetworkTooSlow'],
    [400, 'IncompleteBody'],
  ])('%d %s passes, and is tried again', async (status, code) => {
    const { uploader, run, storage, clock, items } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().refuse(status, code)
    await clock.advance(60_000)
    expect(storage.requests).toHaveLength(2)
    storage.last().succeed()
    await run()
    expect(items()).toMatchObject([{ status: 'success' }])
  })

  test('a broken connection is tried again after a while, and the item says when', async () => {
    const { uploader, run, storage, clock, items, told } = createUploaderFixture({ retry: { attempts: 3, baseDelay: 1_000 } })
    uploader.add(files(['a']))
    await run()
    storage.last().fail('network')
    await run()
    expect(items()).toMatchObject([{ status: 'retrying', attempt: 1, maxAttempts: 3, retryAt: 500, error: { code: 'network' } }])
    await clock.advance(499)
    expect(storage.requests).toHaveLength(1)
    await clock.advance(1)
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 2 }])
    storage.last().fail('stalled')
    await clock.advance(1_000)
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 3 }])
    storage.last().refuse(500, 'InternalError')
    await run()
    expect(items()).toMatchObject([{ status: 'error', attempt: 3, error: { code: 'service', details: { serviceCode: 'InternalError' } } }])
    expect(told()).toEqual([
      'files-added',
      'upload-started',
      'upload-retried',
      'upload-started',
      'upload-retried',
      'upload-started',
      'upload-failed',
      'queue-settled',
    ])
  })

  test('the same policy and key serve all attempts, so nothing is stored twice', async () => {
    const { uploader, run, storage, clock, policy } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().fail('network')
    await clock.advance(1_000)
    storage.last().refuse(503, 'SlowDown')
    await clock.advance(2_000)
    storage.last().succeed()
    expect(new Set(storage.requests.map(({ key }) => key)).size).toBe(1)
    expect(policy.requests).toHaveLength(1)
  })

  test('a waiting retry does not hold a slot', async () => {
    const { uploader, run, storage, statuses } = createUploaderFixture({ concurrency: 1 })
    uploader.add(files(['a', 'b']))
    await run()
    storage.last().fail('network')
    await run()
    expect(statuses()).toEqual(['retrying', 'uploading'])
  })

  test('Retry-After is waited for', async () => {
    const { uploader, run, storage, items } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().refuse(503, 'SlowDown', 'Reduce your request rate.', { 'Retry-After': '20' })
    await run()
    expect(items()).toMatchObject([{ status: 'retrying', retryAt: 20_500 }])
  })

  test.each(['0', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
    'who says that it is busy, and to come again (%s), has not asked storage: that is no doubt',
    async (when) => {
      const { uploader, run, storage, told } = createUploaderFixture()
      uploader.add(files(['a']))
      await run()
      storage.last().reply({ status: 503, body: '<html>Busy</html>', headers: { 'Retry-After': when } })
      await run()
      expect(told()).toEqual(['files-added', 'upload-started', 'upload-retried'])
    },
  )

  test('a refusal that no repetition changes ends at once', async () => {
    const { uploader, run, storage, items } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().refuse(403, 'SignatureDoesNotMatch', 'The Signature you specified is invalid.')
    await run()
    expect(items()).toMatchObject([{ status: 'error', attempt: 1, error: { code: 'service', details: { status: 403, requestId: 'scripted' } } }])
    expect(storage.requests).toHaveLength(1)
  })

  test('a transport that throws anything else is reported with its cause, and the queue goes on', async () => {
    const { uploader, run, storage, statuses, items } = createUploaderFixture({ concurrency: 1, retry: false })
    uploader.add(files(['a', 'b']))
    await run()
    const cause = new TypeError('mine')
    storage.last().reject(cause)
    await run()
    expect(items()[0]).toMatchObject({ status: 'error', error: { code: 'network', cause } })
    expect(statuses()[1]).toBe('uploading')
  })
})

test('a port that throws before anything is sent is not asked for ever', async () => {
  let asked = 0
  const { uploader, clock, items, storage } = createUploaderFixture({
    retry: { attempts: 3 },
    transport: () => {
      asked += 1
      throw new TypeError('mine')
    },
  })
  uploader.add(files(['a']))
  await clock.advance(3_600_000)
  expect(items()).toMatchObject([{ status: 'error', error: { cause: { message: 'mine' } } }])
  expect(asked).toBe(3)
  expect(storage.requests).toHaveLength(0)
})

describe('by hand', () => {
  test('one failed file, or all failed ones, are sent again from their first attempt', async () => {
    const { uploader, run, storage, statuses, items } = createUploaderFixture({ retry: false })
    const [a] = uploader.add(files(['a', 'b', 'c']))
    await run()
    for (const request of storage.active()) request.fail('network')
    await run()
    expect(statuses()).toEqual(['error', 'error', 'error'])
    uploader.retry(a)
    await run()
    expect(statuses()).toEqual(['uploading', 'error', 'error'])
    uploader.retry()
    await run()
    expect(items()).toMatchObject([{ status: 'uploading' }, { status: 'uploading', attempt: 1 }, { status: 'uploading', attempt: 1 }])
  })

  test('a failed file is sent again under the same key', async () => {
    const { uploader, run, storage } = createUploaderFixture({ retry: false })
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().fail('outcome-unknown')
    await run()
    uploader.retry(a)
    await run()
    expect(storage.requests.map(({ key }) => key)).toEqual(['uploads/1/a', 'uploads/1/a'])
  })

  test('a file that storage may have is not signed for anew: an endpoint that gives each file a new key would have it stored twice', async () => {
    const { uploader, run, storage, policy } = createUploaderFixture({ retry: false })
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().reply({ status: 502, body: '<html>', headers: { 'content-type': 'text/html' } })
    await run()
    uploader.retry(a)
    await run()
    expect(storage.requests.map(({ key }) => key)).toEqual(['uploads/1/a', 'uploads/1/a'])
    expect(policy.requests).toHaveLength(1)
  })

  test('a file that waits for its retry is sent at once', async () => {
    const { uploader, run, storage, items, clock } = createUploaderFixture()
    const [a] = uploader.add(files(['a']))
    await run()
    storage.last().fail('network')
    await run()
    uploader.retry(a)
    await run()
    expect(items()).toMatchObject([{ status: 'uploading', attempt: 2 }])
    await clock.advance(60_000)
    expect(storage.requests).toHaveLength(2)
  })

  test('retrying all leaves canceled and stored files alone', async () => {
    const { uploader, run, storage, statuses } = createUploaderFixture({ retry: false })
    const [, b] = uploader.add(files(['a', 'b']))
    await run()
    storage.active()[0]!.succeed()
    uploader.cancel(b)
    await run()
    uploader.retry()
    await run()
    expect(statuses()).toEqual(['success', 'canceled'])
  })
})

describe('why there was no reply', () => {
  function probed(found: NetworkProbe | null, options: Partial<UploaderOptions> = {}) {
    const asked: unknown[] = []
    const fixture = createUploaderFixture({
      retry: false,
      ...options,
      probe: async ({ url, landing }) => {
        asked.push({ url, landing })
        return found
      },
    })
    return { ...fixture, asked }
  }

  test('a request that sent nothing is probed, and the error tells what was found', async () => {
    const { uploader, run, storage, items, asked } = probed('cors')
    uploader.add(files(['a']))
    await run()
    storage.last().fail('network')
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'network', details: { probe: 'cors' } } }])
    expect(asked).toEqual([{ url: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/', landing: null }])
  })

  const landing = 'https://app.example/landing?t=SECRET'
  test.each<[NetworkProbe, 'network' | 'outcome-unknown' | 'sent-unknown', string | null, string]>([
    ['mixed-content', 'network', null, 'https://'],
    ['csp', 'network', null, 'Add https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com to connect-src'],
    ['cors', 'network', null, 'npx @cosdrop/cli doctor'],
    ['unreachable', 'sent-unknown', null, 'does not answer from here'],
    ['offline', 'sent-unknown', null, 'offline'],
    ['landing-cors', 'outcome-unknown', landing, 'https://app.example/landing lacks CORS headers'],
    ['csp', 'outcome-unknown', landing, 'myqcloud.com and https://app.example to connect-src'],
    ['unreachable', 'outcome-unknown', landing, 'myqcloud.com/ or https://app.example/landing does not answer'],
  ])('a log that has the error’s text alone is told it, too, and is not left to guess: %s after %s', async (found, how, redirect, words) => {
    const { source } = createScriptedPolicySource({ clock: createManualClock() })
    const policy: PolicySource = async (request, options) => {
      const { serverTime, posts } = await source(request, options)
      if (redirect === null) return { serverTime, posts }
      return { serverTime, posts: posts.map((post) => ({ ...post, fields: { ...post.fields, success_action_redirect: redirect } })) }
    }
    const { uploader, run, storage, items } = probed(found, { policy })
    uploader.add(files(['a']))
    await run()
    storage.last().fail(how)
    await run()
    const [item] = items()
    const message = item?.status === 'error' ? item.error.message : ''
    expect(message).toContain(words)
    expect(message).not.toMatch(/Either|Check all three|may also|SECRET/)
  })

  test.each([true, false])(
    'what was asked and found to be well nobody is sent to check again; where nothing answered in time: %s',
    async (answers) => {
      vi.stubGlobal('fetch', () => (answers ? Promise.resolve(new Response()) : new Promise(() => {})))
      const { uploader, clock, run, storage, items } = createUploaderFixture({ probe: probeNetwork, retry: false })
      uploader.add(files(['a']))
      await run()
      storage.last().fail('network')
      await clock.advance(5_000)
      vi.unstubAllGlobals()
      const message = expect.stringContaining(answers ? 'has answered this page' : 'Check all three')
      expect(items()).toMatchObject([{ status: 'error', error: { code: 'network', message, details: { probe: null } } }])
    },
  )

  test('a field that the signer pins as empty is no landing page that could be at fault', async () => {
    const { source } = createScriptedPolicySource({ clock: createManualClock() })
    const policy: PolicySource = async (request, options) => {
      const { serverTime, posts } = await source(request, options)
      return { serverTime, posts: posts.map((post) => ({ ...post, fields: { ...post.fields, success_action_redirect: '' } })) }
    }
    const { uploader, run, storage, asked } = probed(null, { policy })
    uploader.add(files(['a']))
    await run()
    storage.last().fail('network')
    await run()
    expect(asked).toMatchObject([{ landing: null }])
  })

  describe('where the browser does not tell whether anything was sent', () => {
    test.each(['unreachable', 'cors'] as const)(
      'it was not where nothing ever came back and storage is %s, and the file is sent again',
      async (found) => {
        const { uploader, run, storage, items, told } = probed(found, { retry: { attempts: 2 } })
        uploader.add(files(['a']))
        await run()
        // As a way without progress begins.
        storage.last().progress(null)
        storage.last().fail('sent-unknown')
        await run()
        expect(items()).toMatchObject([{ status: 'retrying', error: { code: 'network', details: { probe: found } } }])
        expect(told()).not.toContain('outcome-doubted')
      },
    )

    test('no server is asked about what surely was not: with the network gone it is out of reach, too', async () => {
      const confirm = vi.fn<ConfirmPort>(() => new Promise(() => {}))
      const { uploader, run, storage, statuses } = probed('unreachable', { retry: { attempts: 2 }, confirm })
      uploader.add(files(['a']))
      await run()
      storage.last().fail('sent-unknown')
      await run()
      expect(statuses()).toEqual(['retrying'])
      expect(confirm).not.toHaveBeenCalled()
    })

    test('it may have been where storage went out of reach just then; what is sent after that was not', async () => {
      const { uploader, run, storage, items, told } = probed('unreachable', { retry: { attempts: 2 } })
      uploader.add(files(['a', 'b', 'c']))
      await run()
      storage.requests[0]!.succeed()
      await run()
      storage.requests[1]!.fail('sent-unknown')
      await run()
      storage.requests[2]!.fail('sent-unknown')
      await run()
      expect(items().slice(1)).toMatchObject([
        { status: 'error', error: { code: 'outcome-unknown', details: { probe: 'unreachable' } } },
        { status: 'retrying', error: { code: 'network' } },
      ])
      expect(told().filter((type) => type === 'outcome-doubted')).toHaveLength(1)
    })

    test('it may have been on a way that tells no progress, whatever the probe finds', async () => {
      const { uploader, run, storage, items } = probed('unreachable', { retry: { attempts: 2 } })
      uploader.add(files(['a']))
      await run()
      storage.last().progress(null)
      storage.last().fail('outcome-unknown')
      await run()
      expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', details: { probe: 'unreachable' } } }])
      expect(storage.requests).toHaveLength(1)
    })

    test.each([null, 'offline'] as const)('and the probe finds %s, the item says that it may be stored, and nothing is sent again', async (found) => {
      const { uploader, run, storage, items, told } = probed(found, { retry: { attempts: 2 } })
      uploader.add(files(['a']))
      await run()
      storage.last().fail('sent-unknown')
      await run()
      expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', details: { sentUnknown: true } } }])
      expect(told()).toContain('outcome-doubted')
      expect(storage.requests).toHaveLength(1)
    })
  })

  test('a bucket that has answered before is not suspected', async () => {
    const { uploader, run, storage, items, asked } = probed('cors')
    uploader.add(files(['a', 'b']))
    await run()
    storage.requests[0]!.succeed()
    await run()
    storage.requests[1]!.fail('network')
    await run()
    expect(items()[1]).toMatchObject({ status: 'error', error: { details: { probe: null } } })
    expect(asked).toEqual([])
  })

  test('but its landing page is, also where the bucket has told that the file came', async () => {
    const { source } = createScriptedPolicySource({ clock: createManualClock() })
    const policy: PolicySource = async (request, options) => {
      const { serverTime, posts } = await source(request, options)
      return { serverTime, posts: posts.map((post) => ({ ...post, fields: { ...post.fields, success_action_redirect: landing } })) }
    }
    const { uploader, run, storage, items } = probed('landing-cors', { policy })
    uploader.add(files(['a']))
    await run()
    storage.last().progress(9, 'waiting')
    storage.last().fail('outcome-unknown')
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'outcome-unknown', details: { probe: 'landing-cors' } } }])
  })

  test('nor are the rules of the page and the bucket blamed for a connection that broke on the way', async () => {
    const { uploader, run, storage, items } = probed('cors')
    uploader.add(files(['a']))
    await run()
    storage.last().progress(5)
    storage.last().fail('network')
    await run()
    const [item] = items()
    const message = item?.status === 'error' ? item.error.message : ''
    expect(message).toContain('Try again')
    expect(message).not.toMatch(/Content-Security-Policy|CORS/)
  })

  test('and what has a reason of its own keeps it', async () => {
    const { uploader, run, storage, items } = probed('cors')
    uploader.add(files(['a']))
    await run()
    const details = { probe: null, url: 'https://bucket.example/' }
    storage.last().progress(5)
    storage.last().reject(new CosUploadError('network', 'Storage refused the upload (HTTP 500).', details, { cause: new Error('not loaded') }))
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { message: 'Storage refused the upload (HTTP 500).' } }])
  })

  test('what a port of the app’s threw is told as it is: that is no matter of the network', async () => {
    const { uploader, run, storage, items, asked } = probed('unreachable')
    uploader.add(files(['a']))
    await run()
    storage.last().reject(new Error('own trouble'))
    await run()
    expect(items()).toMatchObject([
      { status: 'error', error: { message: expect.stringContaining('see its cause'), cause: { message: 'own trouble' } } },
    ])
    expect(asked).toEqual([])
  })

  test('a transport of ours with other settings is looked into like the default', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    const { uploader, run, storage, items } = createUploaderFixture({ retry: false })
    uploader.add(files(['a']))
    await run()
    const { form, reject } = storage.last()
    reject(await failure(form, 'network', { probe: null, url: form.action }))
    await vi.waitFor(async () => {
      await run()
      expect(items()).toMatchObject([{ status: 'error', error: { details: { probe: 'unreachable' } } }])
    })
    vi.unstubAllGlobals()
  })

  test('who cancels while a probe looks lets the next file start at once, and the probe hears that nobody waits', async () => {
    const looks: AbortSignal[] = []
    const { uploader, run, storage, statuses } = createUploaderFixture({
      concurrency: 1,
      probe: ({ signal }) => {
        looks.push(signal)
        return new Promise(() => {})
      },
    })
    const [a] = uploader.add(files(['a', 'b']))
    await run()
    storage.last().fail('network')
    await run()
    uploader.cancel(a)
    await run()
    expect(statuses()).toEqual(['canceled', 'uploading'])
    expect(looks).toMatchObject([{ aborted: true }])
  })

  test('a probe that never answers is given up, and a canceled upload does not wait for it', async () => {
    const { uploader, run, storage, statuses, clock } = createUploaderFixture({ retry: false, probe: () => new Promise(() => {}) })
    const [a, b] = uploader.add(files(['a', 'b']))
    await run()
    for (const request of storage.active()) request.fail('network')
    await run()
    uploader.cancel(b)
    await run()
    expect(statuses()).toEqual(['uploading', 'canceled'])
    await clock.advance(5_000)
    expect(uploader.getItem(a!)).toMatchObject({ status: 'error', error: { code: 'network' } })
    // The frame that shows it.
    await clock.advance(16)
    expect(clock.pending()).toBe(0)
  })
})

test('1,000 files against storage that fails three times in ten are all stored, each under its own key', async () => {
  let seed = 7
  const dice = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
  const stored = new Map<string, number>()
  const { uploader, clock, statuses, storage } = createUploaderFixture(
    { concurrency: 6, retry: { attempts: 20 } },
    {
      answer(request) {
        const luck = dice()
        if (luck < 0.1) request.fail('network')
        else if (luck < 0.2) request.refuse(503, 'SlowDown')
        else if (luck < 0.3) request.fail('stalled')
        else {
          stored.set(request.key, (stored.get(request.key) ?? 0) + 1)
          request.succeed()
        }
      },
    },
  )
  uploader.add(numbered(1_000))
  await clock.advance(3_600_000)
  expect(new Set(statuses())).toEqual(new Set(['success']))
  expect(stored.size).toBe(1_000)
  expect(Math.max(...stored.values())).toBe(1)
  expect(storage.requests.length).toBeGreaterThan(1_200)
  expect(clock.pending()).toBe(0)
})

test('a transport that throws what only looks like an error of ours fails its file, and its slot comes back', async () => {
  const { uploader, run, storage, statuses } = createUploaderFixture({ concurrency: 1 })
  uploader.add(files(['a', 'b']))
  await run()
  storage.last().reject(Object.assign(new Error('odd'), { name: 'CosUploadError', code: 'service' }))
  await run()
  expect(statuses()[0]).not.toBe('uploading')
  expect(storage.requests).toHaveLength(2)
})

test.each(['EntityTooSmall', 'BadDigest'])(
  'a file that was cut short since it was chosen is told to be, whatever storage made of it (%s)',
  async (code) => {
    const { uploader, run, storage, items } = createUploaderFixture({ retry: false })
    const [file] = files(['a'])
    uploader.add([Object.assign(file!, { slice: () => new Blob([]) })])
    await run()
    storage.last().refuse(400, code)
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'file-unreadable', details: { problem: 'it has become shorter' } } }])
  },
)

test('a file whose name an app cut within an emoji is stored once, and told to be', async () => {
  const clock = createManualClock()
  const expiresAt = '2030-01-01T00:00:00Z'
  const policy: PolicySource = async ({ files: asked }) => ({
    serverTime: '2026-01-01T00:00:00Z',
    posts: asked.map(() => ({ url: 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/', fields: null, expiresAt })),
  })
  // As most buckets expose it: an ETag, no Location.
  const { uploader, storage, items } = createUploaderFixture({ clock, policy }, { answer: (request) => request.succeed({ ETag: '"a"' }) })
  // `name.slice(0, 9)` of "holiday 🏖.jpg".
  uploader.add([{ file: new Blob(['1']), name: 'holiday \ud83d' }])
  await clock.advance(600_000)
  expect(storage.requests).toHaveLength(1)
  expect(items()).toMatchObject([{ status: 'success', result: { key: 'holiday \ufffd' } }])
})

test('two uploads to one key that meet do not make the others slower: storage has not asked for less', async () => {
  const { uploader, storage, run } = createUploaderFixture({ concurrency: 4 })
  uploader.add(numbered(20))
  await run()
  storage.active()[0]!.refuse(409, 'UploadConflict')
  for (let turn = 0; turn < 3; turn++) {
    await run()
    storage.active()[0]!.succeed()
  }
  await run()
  expect(storage.active()).toHaveLength(4)
})

test('which of its tries has failed is told while a file waits for the next', async () => {
  const { uploader, run, storage, clock, items } = createUploaderFixture()
  uploader.add(files(['a']))
  await run()
  storage.last().fail('stalled')
  await clock.advance(1_000)
  storage.last().fail('stalled')
  await run()
  expect(items()).toMatchObject([{ status: 'retrying', attempt: 2, maxAttempts: 5 }])
})
