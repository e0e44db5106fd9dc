import { createEmulator, demoConfig, type Emulator } from '@cosdrop/emulator'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createPolicyHandler, type PolicyHandlerOptions, type PolicyReply } from '../handler/policy-handler.ts'
import type { UploadUser } from '../handler/authorize.ts'
import type { Handler } from '../handler/serve.ts'
import type { SignedPost } from '../policy/sign-post.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { StorePort } from '../store/store-port.ts'
import { account, ask, bucket, demoOptions, formRequest, NOON } from '../testing/demo.ts'
import { createConfirmHandler, type ConfirmHandlerOptions } from './confirm-handler.ts'
import type { ConfirmedObject } from './confirmed-object.ts'
import { createReceipts } from './receipt.ts'

interface Row {
  readonly object: ConfirmedObject
  readonly user: UploadUser
  readonly eventId: string
}

interface App {
  readonly emulator: Emulator
  readonly policy: Handler
  readonly confirm: Handler
  readonly rows: Row[]
  pass(seconds: number): void
  sign(size: number): Promise<SignedPost>
  store(post: SignedPost, content: string): Promise<Claim>
  upload(content: string): Promise<Claim>
}

interface Claim {
  readonly receipt: string
  readonly key: string
  readonly size: number
}

/** An app with both endpoints, whose users say who they are, over a local COS. */
function startApp(
  change: Partial<ConfirmHandlerOptions<UploadUser>> = {},
  versioning: 'off' | 'enabled' = 'off',
  signing: Partial<PolicyHandlerOptions<UploadUser>> = {},
): App {
  let time = NOON
  const rows: Row[] = []
  const now = (): number => time
  const emulator = createEmulator({
    clock: { now, sleep: async () => {} },
    config: { ...demoConfig, buckets: demoConfig.buckets.map((each) => ({ ...each, versioning, encryption: { algorithm: 'AES256' } })) },
  })
  const shared: Pick<PolicyHandlerOptions<UploadUser>, 'authorize' | 'now' | 'store'> = {
    authorize: (request) => {
      const id = request.headers.get('Authorization') ?? 'ann'
      return id === 'nobody' ? null : { id }
    },
    now,
    store: memoryStore({ now }),
  }
  const policy = createPolicyHandler({ ...demoOptions, ...shared, ...signing })
  const confirm = createConfirmHandler({
    ...bucket,
    ...shared,
    credentials: account,
    fetch: (input, init) => emulator.fetch(new Request(input, init)),
    wait: async () => new Promise((resolve) => setImmediate(resolve)),
    onUploaded: (object, user, { eventId }) => void rows.push({ object, user, eventId }),
    ...change,
  })
  async function sign(size: number): Promise<SignedPost> {
    const reply: PolicyReply = await (await policy(ask({ files: [{ name: 'a.txt', type: '', size }] }))).json()
    return reply.posts[0]!
  }
  async function store({ url, fields, receipt = '' }: SignedPost, content: string): Promise<Claim> {
    const stored = await emulator.fetch(await formRequest(url, Object.entries(fields), new Blob([content]), 'a.txt'))
    expect(stored.status).toBe(204)
    return { receipt, key: fields['key']!, size: content.length }
  }
  return {
    emulator,
    policy,
    confirm,
    rows,
    sign,
    store,
    pass: (seconds) => void (time += seconds * 1000),
    upload: async (content) => store(await sign(content.length), content),
  }
}

async function answerOf(
  app: App,
  claim: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; outcome?: string; object?: ConfirmedObject; error?: { code: string } }> {
  const reply = await app.confirm(ask(claim, headers))
  return { status: reply.status, ...(await reply.json()) }
}

/** What asking again for a form that was signed before is answered with. */
async function renewal(app: App, { fields, receipt }: SignedPost): Promise<readonly unknown[]> {
  const size = Number(receipt?.split('.')[1])
  const reply = await app.policy(ask({ files: [{ name: 'a.txt', type: '', size, key: fields['key'], receipt }] }))
  return [reply.status, (await reply.json()).error?.code]
}

const HELLO = { etag: '"5d41402abc4b2a76b9719d911017c592"', crc64: '11177612005948864433' }

describe('a stored file', () => {
  it('is confirmed with what COS says of it, and told to the app with its user', async () => {
    const app = startApp()
    const claim = await app.upload('hello')
    const answer = await answerOf(app, { ...claim, ...HELLO })
    expect(answer).toMatchObject({
      status: 200,
      outcome: 'stored',
      object: {
        bucket: bucket.bucket,
        key: claim.key,
        size: 5,
        ...HELLO,
        versionId: null,
        encryption: { kind: 'SSE-COS', algorithm: 'AES256' },
        location: `https://${bucket.bucket}.cos.${bucket.region}.myqcloud.com/${claim.key}`,
        contentType: 'text/plain',
        hash: null,
      },
    })
    expect(app.rows).toEqual([{ object: answer.object, user: { id: 'ann' }, eventId: expect.stringContaining(claim.key) }])
  })

  it('is confirmed also when it is empty', async () => {
    const app = startApp()
    expect(await answerOf(app, await app.upload(''))).toMatchObject({ outcome: 'stored', object: { size: 0 } })
  })

  it('is told to the app once, however often the page asks, one after the other or all at once', async () => {
    const app = startApp()
    const claim = await app.upload('hello')
    const answers = await Promise.all(Array.from({ length: 10 }, () => answerOf(app, claim)))
    answers.push(await answerOf(app, claim))
    // A page that was asleep until its receipt was about to end.
    app.pass(23 * 3600)
    answers.push(await answerOf(app, claim))
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array(12).fill('stored'))
    expect(app.rows).toHaveLength(1)
  })

  it('is told once for each version', async () => {
    const app = startApp({}, 'enabled')
    const post = await app.sign(5)
    const claim = await app.store(post, 'hello')
    const first = await answerOf(app, claim)
    await app.store(post, 'world')
    const second = await answerOf(app, claim)
    await answerOf(app, { ...claim, versionId: first.object?.versionId })
    expect(app.rows.map(({ object }) => object.versionId)).toEqual([first.object?.versionId, second.object?.versionId])
    expect(first.object?.versionId).not.toBe(second.object?.versionId)
  })

  it('is told again when the app’s own work failed, and confirmed only when it worked', async () => {
    const rows: string[] = []
    let broken = true
    const app = startApp({
      onUploaded: (object) => {
        if (broken) throw new Error('the database is away')
        rows.push(object.key)
      },
    })
    const claim = await app.upload('hello')
    expect(await answerOf(app, claim)).toMatchObject({
      status: 500,
      error: { code: 'server-error', message: expect.stringContaining('could not do its part') },
    })
    broken = false
    expect(await answerOf(app, claim)).toMatchObject({ outcome: 'stored' })
    expect(rows).toEqual([claim.key])
  })

  it('waits for the app’s work that another request has begun, and keeps that claim while it runs', async () => {
    let finish = (): void => {}
    let begun = 0
    const app = startApp({
      onUploaded: async () => {
        begun++
        await new Promise<void>((resolve) => {
          finish = resolve
        })
      },
    })
    const claim = await app.upload('hello')
    const first = answerOf(app, claim)
    while (begun === 0) await new Promise((resolve) => setImmediate(resolve))
    const second = answerOf(app, claim)
    // Longer than a claim lives: only its renewal keeps the second request out.
    for (let at = 0; at < 5; at++) {
      app.pass(20)
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    }
    expect(begun).toBe(1)
    finish()
    expect((await Promise.all([first, second])).map(({ outcome }) => outcome)).toEqual(['stored', 'stored'])
    expect(begun).toBe(1)
  })

  it('asks to come back when the other request takes too long', async () => {
    let finish = (): void => {}
    const app = startApp({
      onUploaded: () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    })
    const claim = await app.upload('hello')
    const first = answerOf(app, claim)
    const reply = await app.confirm(ask(claim))
    expect([reply.status, reply.headers.get('Retry-After')]).toEqual([503, '1'])
    finish()
    expect(await first).toMatchObject({ outcome: 'stored' })
  })

  it('can be hashed by COS before it is believed', async () => {
    const app = startApp({ fileHash: 'sha256' })
    const { object } = await answerOf(app, await app.upload('hello'))
    expect(object?.hash).toEqual({ type: 'sha256', value: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', size: 5 })
  })

  it.each([
    ['is too large for that', { 'Content-Length': String(128 * 1024 ** 2) }],
    ['is archived', { 'Content-Length': '5', 'x-cos-storage-class': 'ARCHIVE' }],
  ])('that COS does not hash, since it %s, is confirmed without a hash, and not refused for ever', async (_why, headers) => {
    const app = startApp({ fileHash: 'sha256', fetch: async () => new Response(null, { headers }) })
    const size = Number(headers['Content-Length'])
    const { receipt, fields } = await app.sign(5)
    const large = createReceipts(account.secretKey, bucket.bucket).issue({
      key: fields['key']!,
      user: 'ann',
      min: 0,
      max: size,
      expires: NOON / 1000 + 60,
    })
    const claim = { receipt: size === 5 ? receipt : large, key: fields['key']!, size }
    expect(await answerOf(app, claim)).toMatchObject({ outcome: 'stored', object: { size, hash: null } })
    expect(app.rows).toHaveLength(1)
  })

  it('that COS cannot hash just now is not believed without its hash, and asked about again', async () => {
    let away = true
    const local = startApp()
    const app = startApp({
      fileHash: 'sha256',
      fetch: (input, init) => {
        const request = new Request(input, init)
        return away && request.url.includes('ci-process') ? Promise.resolve(new Response(null, { status: 503 })) : local.emulator.fetch(request)
      },
    })
    const claim = await local.upload('hello')
    expect(await answerOf(app, claim)).toMatchObject({ status: 500 })
    expect(app.rows).toEqual([])
    away = false
    expect(await answerOf(app, claim)).toMatchObject({ outcome: 'stored', object: { hash: { size: 5 } } })
  })

  it('has its own hash, also when another version was stored over it meanwhile', async () => {
    const app = startApp({ fileHash: 'sha256' }, 'enabled')
    const post = await app.sign(5)
    const claim = await app.store(post, 'hello')
    const { object: first } = await answerOf(app, claim)
    await app.store(post, 'other')
    const { object } = await answerOf(app, { ...claim, versionId: first?.versionId })
    expect(object?.etag).toBe(HELLO.etag)
    expect(object?.hash?.value).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824')
  })
})

describe('what is not as the page says', () => {
  it('absent: nothing is stored under the key', async () => {
    const app = startApp()
    const claim = await app.upload('hello')
    const { fields, receipt } = await app.sign(3)
    expect(await answerOf(app, { receipt, key: fields['key'], size: 3 })).toEqual({ status: 200, outcome: 'absent' })
    expect(await answerOf(app, { ...claim, versionId: 'MTg0NDUxNzcwMDkzMDE3NDQ0MDU' })).toMatchObject({ outcome: 'absent' })
    expect(app.rows).toEqual([])
  })

  it.each([
    ['the CRC-64', { crc64: '1' }],
    ['the ETag', { etag: '"00000000000000000000000000000000"' }],
  ])('different: %s is another', async (_what, change) => {
    const app = startApp()
    const claim = await app.upload('hello')
    expect(await answerOf(app, { ...claim, ...HELLO, ...change })).toMatchObject({ outcome: 'different', object: HELLO })
    expect(app.rows).toEqual([])
  })

  it('different: the size is another, where the policy left it open', async () => {
    const app = startApp()
    const { key } = await app.upload('hello')
    const receipt = createReceipts(account.secretKey, bucket.bucket).issue({ key, user: 'ann', min: 0, max: 9, expires: NOON / 1000 + 60 })
    expect(await answerOf(app, { receipt, key, size: 4 })).toMatchObject({ outcome: 'different', object: { size: 5 } })
    expect(app.rows).toEqual([])
  })

  it('is not held against a page when COS itself tells neither ETag nor CRC-64', async () => {
    const app = startApp({ fetch: async () => new Response(null, { headers: { 'Content-Length': '5' } }) })
    expect(await answerOf(app, { ...(await app.upload('hello')), ...HELLO })).toMatchObject({
      outcome: 'stored',
      object: { etag: null, crc64: null },
    })
  })

  it('takes an ETag without its quotes, and none', async () => {
    const app = startApp()
    const claim = await app.upload('hello')
    expect(await answerOf(app, { ...claim, etag: '5d41402abc4b2a76b9719d911017c592' })).toMatchObject({ outcome: 'stored' })
    expect(await answerOf(app, { ...claim, etag: null, crc64: null })).toMatchObject({ outcome: 'stored' })
  })
})

describe('a page that leaves while storage is asked', () => {
  const leaving = (claim: object, leave: AbortController): Request => new Request(ask(claim), { signal: leave.signal })

  it('is no error for the log', async () => {
    const errors: unknown[] = []
    const leave = new AbortController()
    const app = startApp({
      onError: (error) => errors.push(error),
      fetch: (_input, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
          leave.abort()
        }),
    })
    await app.confirm(leaving(await app.upload('hello'), leave))
    expect(errors).toEqual([])
  })

  it('takes no mistake of the app out of it', async () => {
    const errors: unknown[] = []
    const leave = new AbortController()
    const app = startApp({
      onError: (error) => errors.push(error),
      onUploaded: () => {
        leave.abort()
        throw new Error('the database is away')
      },
    })
    await app.confirm(leaving(await app.upload('hello'), leave))
    expect(errors).toEqual([new Error('the database is away')])
  })
})

describe('nobody confirms what is not theirs', () => {
  it('another user, another key, another size, another day, a changed receipt', async () => {
    const app = startApp()
    const claim = await app.upload('hello')
    const code = async (change: object, headers: Record<string, string> = {}): Promise<unknown> => {
      const { status, error } = await answerOf(app, { ...claim, ...change }, headers)
      return [status, error?.code]
    }
    expect(await code({}, { Authorization: 'bob' })).toEqual([403, 'receipt-invalid'])
    for (const nobody of ['nobody', '']) expect(await code({}, { Authorization: nobody })).toEqual([403, 'not-authorized'])
    expect(await code({ key: 'uploads/other.txt' })).toEqual([403, 'receipt-invalid'])
    expect(await code({ size: 6 })).toEqual([403, 'receipt-invalid'])
    expect(await code({ receipt: claim.receipt.replace(/.(?=.{20}$)/, (character) => (character === 'A' ? 'B' : 'A')) })).toEqual([
      403,
      'receipt-invalid',
    ])
    expect(await code({ receipt: '' })).toEqual([403, 'receipt-invalid'])
    app.pass(24 * 3600 + 1)
    expect(await code({})).toEqual([403, 'receipt-expired'])
    expect(app.rows).toEqual([])
  })

  it('a receipt of another day, where the server goes by the clock of its machine', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOON })
    onTestFinished(() => void vi.useRealTimers())
    const app = startApp({ now: undefined })
    const claim = await app.upload('hello')
    expect(await answerOf(app, claim)).toMatchObject({ outcome: 'stored' })
    vi.setSystemTime(NOON + 25 * 3_600_000)
    expect(await answerOf(app, claim)).toMatchObject({ status: 403, error: { code: 'receipt-expired' } })
  })

  it('though the app looks up in its database who is asking', async () => {
    const shared = { authorize: async (request: Request) => ({ id: request.headers.get('Authorization') ?? 'ann' }) }
    const app = startApp(shared, 'off', shared)
    const claim = await app.upload('hello')
    expect(await answerOf(app, claim, { Authorization: 'bob' })).toMatchObject({ status: 403, error: { code: 'receipt-invalid' } })
    expect(await answerOf(app, claim)).toMatchObject({ outcome: 'stored' })
  })

  it('a receipt of another bucket or of another secret', async () => {
    const app = startApp()
    const claim = await app.upload('hello')
    for (const change of [{ bucket: 'other-1250000000' }, { receiptSecret: 'another secret of the app' }]) {
      const other = startApp(change)
      expect(await answerOf(other, claim)).toMatchObject({ status: 403, error: { code: 'receipt-invalid' } })
    }
  })

  it.each([
    {},
    [],
    null,
    { receipt: 1, key: 'a', size: 1 },
    { receipt: 'r', key: 1, size: 1 },
    { receipt: 'r', key: 'a', size: -1 },
    { receipt: 'r', key: 'a', size: 1.5 },
    { receipt: 'r', key: 'a', size: 1, etag: {} },
    'not JSON',
  ])('a request that is none: %j', async (body) => {
    const reply = await startApp().confirm(ask(body))
    expect([reply.status, (await reply.json()).error.code]).toEqual([400, 'request-malformed'])
  })

  it('a confirmed file cannot be replaced by renewing its policy', async () => {
    const app = startApp()
    const claim = await app.upload('hello')
    const renew = (): Promise<Response> => app.policy(ask({ files: [{ name: 'a.txt', type: '', ...claim }] }))
    expect((await renew()).status).toBe(200)
    await answerOf(app, claim)
    const refused = await renew()
    expect([refused.status, (await refused.json()).error.code]).toEqual([409, 'already-confirmed'])
  })

  it('nor by the policy of another form for its key, signed before the app had accepted it', async () => {
    const app = startApp({}, 'off', { key: () => 'contracts/7.pdf' })
    const post = await app.sign(5)
    app.pass(60)
    const other = await app.sign(6)
    app.pass(60)
    await answerOf(app, await app.store(post, 'hello'))
    expect(await renewal(app, other)).toEqual([409, 'already-confirmed'])
    app.pass(60)
    const third = await app.sign(5)
    expect(await renewal(app, third)).toEqual([200, undefined])
    app.pass(60)
    await answerOf(app, await app.store(other, 'other!'))
    expect(await renewal(app, third)).toEqual([409, 'already-confirmed'])
  })

  it('nor because the server that confirms it has a slower clock than the one that signed', async () => {
    const app = startApp({ now: () => NOON - 30_000 })
    const post = await app.sign(5)
    await answerOf(app, await app.store(post, 'hello'))
    expect(await renewal(app, post)).toEqual([409, 'already-confirmed'])
  })

  it('nor when the store went away just as it was confirmed, and the page asked again', async () => {
    const store = memoryStore()
    let away = true
    const swap: StorePort['swap'] = async (key, ...rest) => {
      if (away && key.startsWith('closed:')) throw new Error('the store is away')
      return store.swap(key, ...rest)
    }
    const shared = { store: { ...store, swap } }
    const app = startApp(shared, 'off', shared)
    const post = await app.sign(5)
    const claim = await app.store(post, 'hello')
    expect(await answerOf(app, claim)).toMatchObject({ status: 500 })
    away = false
    await answerOf(app, claim)
    expect(await renewal(app, post)).toEqual([409, 'already-confirmed'])
    expect(app.rows).toHaveLength(1)
  })

  it('yet a page that asks twice closes nothing that was signed since', async () => {
    const app = startApp({}, 'off', { key: () => 'avatar.png' })
    const claim = await app.upload('hello')
    await answerOf(app, claim)
    app.pass(60)
    const next = await app.sign(6)
    app.pass(60)
    expect(await answerOf(app, claim)).toMatchObject({ outcome: 'stored' })
    expect(await renewal(app, next)).toEqual([200, undefined])
  })

  it('yet the next picture under a key of its own for each user is signed again when its policy has ended', async () => {
    const app = startApp({}, 'off', { key: (_file, { user }) => `avatars/${user.id}.png` })
    await answerOf(app, await app.upload('hello'))
    app.pass(60)
    const { receipt, fields } = await app.sign(6)
    app.pass(1000)
    const renewed = await app.policy(ask({ files: [{ name: 'b.png', type: '', size: 6, key: fields['key'], receipt }] }))
    expect(renewed.status).toBe(200)
  })
})

describe('a server that is set up wrong', () => {
  it('does not start without a function that tells who is asking', () => {
    expect(() => startApp({ authorize: undefined! })).toThrow(expect.objectContaining({ code: 'rules-invalid', details: { field: 'authorize' } }))
  })

  it.each(['crc', 'SHA256', null])('does not start, without types, with a hash that COS does not compute: %s', (fileHash) => {
    expect(() => startApp({ fileHash: fileHash as 'sha256' })).toThrow(
      expect.objectContaining({ code: 'rules-invalid', details: { field: 'fileHash' }, message: expect.stringContaining('md5, sha1, sha256') }),
    )
  })

  it('does not start, without types, when it would tell the app of no upload', () => {
    expect(() => startApp({ onUploaded: undefined! })).toThrow(expect.objectContaining({ code: 'rules-invalid', details: { field: 'onUploaded' } }))
  })

  it('does not start with a hash that its region has not', () => {
    expect(() => startApp({ fileHash: 'md5', region: 'eu-frankfurt' })).toThrow(
      expect.objectContaining({ code: 'rules-invalid', details: { field: 'fileHash' } }),
    )
  })

  it('but starts in such a region when it asks for no hash', () => {
    expect(() => startApp({ region: 'eu-frankfurt' })).not.toThrow()
  })

  it('does not start with temporary credentials and no secret for receipts', () => {
    expect(() => startApp({ credentials: async () => account })).toThrow(
      expect.objectContaining({ code: 'rules-invalid', details: { field: 'receiptSecret' } }),
    )
  })
})
