import { decodePolicy, matchPolicy, parsePolicy, type ObjectEncryption } from '@cosdrop/protocol'
import { signPolicy } from '@cosdrop/protocol/signature'
import { describe, expect, it } from 'vitest'
import { redirectWithin } from '../policy/redirect-within.ts'
import { refusal } from '../policy/refusal.ts'
import { cachedEncryption } from '../client/cached-encryption.ts'
import { namedKey, userKey } from '../keys/key-strategy.ts'
import { memoryStore } from '../store/memory-store.ts'
import { account, ask, bucket, demoOptions as base, NOON } from '../testing/demo.ts'
import type { UploadUser } from './authorize.ts'
import { createPolicyHandler, type PolicyReply } from './policy-handler.ts'
import { rateLimit } from './rate-limit.ts'

const photo = { name: 'Photo.JPG', type: 'image/jpeg', size: 1234 }

describe('the policy endpoint', () => {
  it('signs one form a file, in order, whose signature covers exactly the policy sent', async () => {
    const handler = createPolicyHandler(base)
    const reply = await handler(ask({ files: [photo, { name: 'a.pdf', type: '', size: 5 }] }))
    expect(reply.status).toBe(200)
    const { serverTime, posts } = await reply.json()
    expect(serverTime).toBe('2026-11-21T12:00:00.000Z')
    expect(posts).toHaveLength(2)
    expect(posts[0].url).toBe('https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/')
    expect(posts[0].fields.key).toMatch(/^uploads\/[\da-f-]{36}\.jpg$/)
    expect(posts[1].fields['Content-Type']).toBe('application/pdf')
    for (const [index, post] of posts.entries()) {
      const text = decodePolicy(post.fields.policy)
      const { signature } = signPolicy({ secretKey: account.secretKey, keyTime: post.fields['q-key-time'], policy: text })
      expect(post.fields['q-signature']).toBe(signature)
      const form = { fields: Object.entries<string>(post.fields), bucket: bucket.bucket, filename: 'x', fileSize: index === 0 ? 1234 : 5 }
      expect(matchPolicy(parsePolicy(text), form, new Date(NOON))).toBeNull()
      expect(post.expiresAt).toBe(parsePolicy(text).expiration)
      expect(post.fields['q-key-time'].split(';')[1]).toBe(String(Date.parse(post.expiresAt) / 1000))
    }
  })

  it('tells the page who refused and why, in the app’s own words', async () => {
    const handler = createPolicyHandler({
      ...base,
      authorize: () => {
        throw refusal('quota-full', 'Your space is full.')
      },
    })
    const reply = await handler(ask({ files: [photo] }))
    expect(reply.status).toBe(403)
    expect(await reply.json()).toEqual({ error: { code: 'quota-full', message: 'Your space is full.' } })
  })

  it('lets nobody in when authorize says null, or forgets to answer', async () => {
    const forgetful: () => UploadUser = Object.assign(() => undefined)
    for (const authorize of [() => null, forgetful]) {
      const reply = await createPolicyHandler({ ...base, authorize })(ask({ files: [photo] }))
      expect([reply.status, (await reply.json()).error.code]).toEqual([403, 'not-authorized'])
    }
  })

  it('tells the page the limits before a file is chosen', async () => {
    const handler = createPolicyHandler({ ...base, limits: { accept: 'image/*,.pdf', maxSize: 2000, maxFiles: 3 } })
    const reply = await handler(new Request('https://app.example.com/policy'))
    expect(await reply.json()).toEqual({
      serverTime: '2026-11-21T12:00:00.000Z',
      limits: { accept: 'image/*,.pdf', minSize: 0, maxSize: 2000, maxFiles: 3 },
      encryption: null,
    })
  })
})

type Handler = ReturnType<typeof createPolicyHandler>

async function signed(handler: Handler, body: object, headers: Record<string, string> = {}): Promise<PolicyReply> {
  const reply = await handler(ask(body, headers))
  const json = await reply.json()
  expect(json).toHaveProperty('posts')
  return json
}

async function firstFields(handler: Handler, body: object): Promise<Readonly<Record<string, string>>> {
  const { posts } = await signed(handler, body)
  return posts[0]!.fields
}

async function codeOf(handler: Handler, request: Request): Promise<string> {
  const reply = await handler(request)
  const { error } = await reply.json()
  return error.code
}

describe('the content type', () => {
  const typeOf = async (name: string, type: string, accept?: string): Promise<string | undefined> => {
    const handler = createPolicyHandler({ ...base, contentTypes: { dwg: 'image/vnd.dwg' }, ...(accept !== undefined && { limits: { accept } }) })
    const fields = await firstFields(handler, { files: [{ name, type, size: 1 }] })
    return fields['Content-Type']
  }

  it('comes from the extension, whatever the browser claims', async () => {
    expect(await typeOf('data.csv', 'application/vnd.ms-excel')).toBe('text/csv')
    expect(await typeOf('photo.HEIC', '')).toBe('image/heic')
    expect(await typeOf('plan.dwg', '')).toBe('image/vnd.dwg')
  })

  it('is the claimed one for a name without a known extension', async () => {
    expect(await typeOf('blob', 'image/webp')).toBe('image/webp')
    expect(await typeOf('blob', 'Image/WebP; q=1')).toBe('image/webp')
    expect(await typeOf('blob', 'nonsense')).toBe('application/octet-stream')
    expect(await typeOf('blob', 'text/html')).toBe('application/octet-stream')
  })

  it('is never one that a browser runs, unless that is accepted by name', async () => {
    expect(await typeOf('page.html', 'text/html')).toBe('application/octet-stream')
    expect(await typeOf('logo.svg', 'image/svg+xml')).toBe('application/octet-stream')
    expect(await typeOf('logo.svg', 'image/svg+xml', 'image/*,.svg')).toBe('image/svg+xml')
    expect(await typeOf('page.html', '', 'text/html')).toBe('text/html')
  })

  it('cannot be changed in the form', async () => {
    const fields = await firstFields(createPolicyHandler(base), { files: [photo] })
    const changed = { ...fields, 'Content-Type': 'text/html' }
    const mismatch = matchPolicy(parsePolicy(decodePolicy(fields['policy']!)), {
      fields: Object.entries(changed),
      bucket: bucket.bucket,
      fileSize: 1234,
    })
    expect(mismatch).toMatchObject({ field: 'Content-Type' })
  })
})

describe('the key', () => {
  it('is another one for the same file each time', async () => {
    const { posts } = await signed(createPolicyHandler(base), { files: Array(100).fill(photo) })
    expect(new Set(posts.map((post) => post.fields['key'])).size).toBe(100)
  })

  it('lies in a folder of the user, whatever the user is called', async () => {
    const keyOf = async (id: string): Promise<string> => {
      const handler = createPolicyHandler({ ...base, authorize: () => ({ id }), key: userKey() })
      return (await firstFields(handler, { files: [photo] }))['key']!
    }
    expect(await keyOf('ann@example.com')).toMatch(/^uploads\/ann%40example\.com\/[\da-f-]{36}\.jpg$/)
    expect(await keyOf('../admin')).toMatch(/^uploads\/\.\.%2Fadmin\//)
    expect(await keyOf('..')).toMatch(/^uploads\/%2E%2E\//)
  })

  it('keeps the name when that is wanted, made safe, without overwriting', async () => {
    const handler = createPolicyHandler({ ...base, key: namedKey('docs/') })
    const keyOf = async (name: string): Promise<string> => (await firstFields(handler, { files: [{ ...photo, name }] }))['key']!.split('/').at(-1)!
    expect(await keyOf('假期 照片 (1).JPG')).toBe('假期-照片-1.jpg')
    expect(await keyOf('%2e%2e')).toBe('2e-2e')
    expect(await keyOf('.htaccess')).toBe('htaccess')
    expect(await keyOf('😀')).toBe('file')
    expect(await keyOf(`${'名'.repeat(250)}.png`)).toBe(`${'名'.repeat(80)}.png`)
  })

  it('is the app’s own, from user and context', async () => {
    const handler = createPolicyHandler({
      ...base,
      authorize: () => ({ id: '7', tenant: 'acme' }),
      key: async (file, { user, context, now, contentType }) => `${user.tenant}/${String(context)}/${now}/${contentType}/${file.name}`,
    })
    expect((await firstFields(handler, { files: [photo], context: 'album' }))['key']).toBe(`acme/album/${NOON}/image/jpeg/Photo.JPG`)
  })
})

describe('the size', () => {
  const range = async (sizes: 'exact' | 'within-limits'): Promise<unknown> => {
    const handler = createPolicyHandler({ ...base, sizes, limits: { minSize: 10, maxSize: 5000 } })
    const fields = await firstFields(handler, { files: [photo] })
    return parsePolicy(decodePolicy(fields['policy']!)).conditions.find(({ kind }) => kind === 'content-length-range')
  }

  it('is the one that the page said, so an emptied or another file is refused', async () => {
    expect(await range('exact')).toMatchObject({ min: 1234, max: 1234 })
  })

  it('may be any within the limits when the app wants that', async () => {
    expect(await range('within-limits')).toMatchObject({ min: 10, max: 5000 })
  })

  it('is limited in count and in total', async () => {
    const handler = createPolicyHandler({ ...base, limits: { maxFiles: 2, maxTotalSize: 2000 } })
    expect(await codeOf(handler, ask({ files: [photo, photo, photo] }))).toBe('too-many-files')
    expect(await codeOf(handler, ask({ files: [photo, photo] }))).toBe('total-too-large')
    expect(await codeOf(createPolicyHandler({ ...base, limits: { minSize: 1 } }), ask({ files: [{ ...photo, size: 0 }] }))).toBe('file-too-small')
  })
})

describe('a redirect', () => {
  const handler = createPolicyHandler({
    ...base,
    fields: { success_action_redirect: { within: redirectWithin(['https://my.website/done', 'http://localhost:5173']) } },
  })
  it.each(['https://my.website/done', 'https://my.website/done/album?x=1#y', 'http://localhost:5173/anything'])(
    'to %s is granted and pinned',
    async (value) => {
      const fields = await firstFields(handler, { files: [photo], fields: { success_action_redirect: value } })
      expect(fields['success_action_redirect']).toBe(value)
      expect(decodePolicy(fields['policy']!)).toContain(JSON.stringify({ success_action_redirect: value }))
    },
  )

  it.each(['https://my.website/', 'https://my.website/done-not', 'https://my.website/done/../admin'])('to %s is not', async (value) => {
    expect(await codeOf(handler, ask({ files: [photo], fields: { success_action_redirect: value } }))).toBe('wish-refused')
  })
})

describe('a batch', () => {
  it('of 100 files costs one authorization, and 101 are refused', async () => {
    let asked = 0
    const handler = createPolicyHandler({ ...base, authorize: () => ({ id: String(asked++) }) })
    expect((await signed(handler, { files: Array(100).fill(photo) })).posts).toHaveLength(100)
    expect(asked).toBe(1)
    expect(await codeOf(handler, ask({ files: Array(101).fill(photo) }))).toBe('too-many-files')
  })
})

describe('pages of other origins', () => {
  const cors = { origins: ['https://www.example.com'], allowCredentials: true, allowHeaders: ['X-Album'] }
  const handler = createPolicyHandler({ ...base, cors })

  it('get through when they are listed, and only they', async () => {
    const reply = await handler(ask({ files: [photo] }, { Origin: 'https://www.example.com' }))
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('https://www.example.com')
    expect(reply.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(reply.headers.get('Vary')).toBe('Origin')
    expect(await codeOf(handler, ask({ files: [photo] }, { Origin: 'https://evil.example' }))).toBe('origin-refused')
    expect(await codeOf(handler, ask({ files: [photo] }, { Origin: 'null' }))).toBe('origin-refused')
    expect(await codeOf(handler, ask({ files: [photo] }, { Origin: 'https://www.example.com.evil.example' }))).toBe('origin-refused')
    expect(await codeOf(handler, ask({ files: [photo] }, { Origin: 'https://app.example.com.evil.example' }))).toBe('origin-refused')
  })

  it('have their preflight answered', async () => {
    const preflight = (origin: string): Promise<Response> =>
      handler(
        new Request('https://app.example.com/policy', { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } }),
      )
    const reply = await preflight('https://www.example.com')
    expect(reply.status).toBe(204)
    expect(reply.headers.get('Access-Control-Allow-Methods')).toBe('POST, GET, OPTIONS')
    expect(reply.headers.get('Access-Control-Allow-Headers')).toBe('Content-Type, Authorization, X-Album')
    const refused = await preflight('https://evil.example')
    expect([refused.status, refused.headers.get('Access-Control-Allow-Origin')]).toEqual([403, null])
  })

  it('can read a refusal too', async () => {
    const reply = await handler(ask({ files: [] }, { Origin: 'https://www.example.com' }))
    expect([reply.status, reply.headers.get('Access-Control-Allow-Origin')]).toEqual([400, 'https://www.example.com'])
  })

  it('are refused when none are listed; pages of its own are not', async () => {
    const own = createPolicyHandler(base)
    expect(await codeOf(own, ask({ files: [photo] }, { Origin: 'https://www.example.com' }))).toBe('origin-refused')
    await signed(own, { files: [photo] }, { Origin: 'https://app.example.com' })
    await signed(own, { files: [photo] }, { Origin: 'https://public.example.com', 'Sec-Fetch-Site': 'same-origin' })
    await signed(own, { files: [photo] })
  })

  it('are all welcome where that is said, but never with cookies', async () => {
    const open = createPolicyHandler({ ...base, cors: { origins: '*', allowCredentials: true } })
    const reply = await open(ask({ files: [photo] }, { Origin: 'https://anywhere.example' }))
    expect([reply.headers.get('Access-Control-Allow-Origin'), reply.headers.get('Access-Control-Allow-Credentials')]).toEqual(['*', null])
  })
})

describe('a method that means nothing', () => {
  it('is told which do', async () => {
    const reply = await createPolicyHandler(base)(new Request('https://app.example.com/policy', { method: 'DELETE' }))
    expect([reply.status, reply.headers.get('Allow')]).toEqual([405, 'POST, GET, OPTIONS'])
  })
})

describe('the rate limit', () => {
  it('counts posts for each user, says when to come back, and forgets', async () => {
    let time = NOON
    const store = memoryStore({ now: () => time })
    const handler = createPolicyHandler({
      ...base,
      now: () => time,
      rateLimit: rateLimit({ posts: 5, perSeconds: 60, store }),
      authorize: (request) => ({ id: request.headers.get('Authorization') ?? '' }),
    })
    const three = (user: string): Promise<Response> => handler(ask({ files: [photo, photo, photo] }, { Authorization: user }))
    expect((await three('ann')).status).toBe(200)
    time += 20_000
    const refused = await three('ann')
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '40'])
    expect((await three('bob')).status).toBe(200)
    time += 40_000
    expect((await three('ann')).status).toBe(200)
  })
})

describe('a renewal', () => {
  let time = NOON
  const store = memoryStore({ now: () => time })
  const handler = createPolicyHandler({
    ...base,
    now: () => time,
    store,
    authorize: (request) => ({ id: request.headers.get('Authorization') ?? 'ann' }),
  })
  const first = async (): Promise<{ readonly key: string; readonly receipt: string }> => {
    time = NOON
    const { posts } = await signed(handler, { files: [photo] })
    return { key: posts[0]!.fields['key']!, receipt: posts[0]!.receipt! }
  }

  it('signs the same key again, for a day', async () => {
    const proof = await first()
    time += 23 * 3600_000
    const { posts } = await signed(handler, { files: [{ ...photo, ...proof }] })
    expect(posts[0]!.fields['key']).toBe(proof.key)
    expect(posts[0]!.expiresAt).toBe(new Date(time + 900_000).toISOString())
    const again = { key: proof.key, receipt: posts[0]!.receipt! }
    time += 2 * 3600_000
    expect(await codeOf(handler, ask({ files: [{ ...photo, ...again }] }))).toBe('receipt-expired')
  })

  it('is refused to another user, for another key, for a larger file, with a changed receipt', async () => {
    const proof = await first()
    const code = (file: object, headers: Record<string, string> = {}): Promise<string> =>
      codeOf(handler, ask({ files: [{ ...photo, ...proof, ...file }] }, headers))
    expect(await code({}, { Authorization: 'bob' })).toBe('receipt-invalid')
    expect(await code({ key: 'uploads/other.jpg' })).toBe('receipt-invalid')
    expect(await code({ size: 1235 })).toBe('receipt-invalid')
    for (let at = 0; at < proof.receipt.length; at += 7) {
      const other = proof.receipt[at] === '1' ? '2' : '1'
      expect(await code({ receipt: proof.receipt.slice(0, at) + other + proof.receipt.slice(at + 1) })).toBe('receipt-invalid')
    }
  })

  it('is not needed for a key that is only wished for: the server names the object', async () => {
    const { posts } = await signed(handler, { files: [{ ...photo, key: 'uploads/mine.jpg' }] })
    expect(posts[0]!.fields['key']).not.toBe('uploads/mine.jpg')
  })
})

describe('with temporary credentials', () => {
  it('sends the token, ends before they do, and gives receipts only with a secret of their own', async () => {
    const credentials = (): Promise<{ secretId: string; secretKey: string; token: string; expiresAt: number }> =>
      Promise.resolve({ ...account, token: 'session-token', expiresAt: NOON + 600_000 })
    const bare = await signed(createPolicyHandler({ ...base, credentials }), { files: [photo] })
    expect(bare.posts[0]).toMatchObject({ expiresAt: new Date(NOON + 600_000).toISOString(), fields: { 'x-cos-security-token': 'session-token' } })
    expect(bare.posts[0]).not.toHaveProperty('receipt')
    const withSecret = await signed(createPolicyHandler({ ...base, credentials, receiptSecret: '0123456789abcdef' }), { files: [photo] })
    expect(withSecret.posts[0]!.receipt).toMatch(/^r1\./)
  })

  it('says that it cannot sign when there are none, and tells the operator why', async () => {
    const errors: unknown[] = []
    const credentials = (): never => {
      throw new Error('the vault is locked')
    }
    const reply = await createPolicyHandler({ ...base, credentials, onError: (error) => errors.push(error) })(ask({ files: [photo] }))
    expect([reply.status, (await reply.json()).error.code]).toEqual([503, 'credentials-unavailable'])
    expect(errors).toEqual([expect.objectContaining({ cause: new Error('the vault is locked') })])
  })
})

describe('the page is told how files will be encrypted', () => {
  const encryptionOf = async (handler: Handler): Promise<unknown> =>
    (await (await handler(new Request('https://app.example.com/policy'))).json()).encryption

  it('as the rules fix it', async () => {
    const fixed = createPolicyHandler({ ...base, fields: { 'x-cos-server-side-encryption': { fixed: 'AES256' } } })
    expect(await encryptionOf(fixed)).toEqual({ kind: 'SSE-COS', algorithm: 'AES256' })
    const kms = { 'x-cos-server-side-encryption': { fixed: 'cos/kms' }, 'x-cos-server-side-encryption-cos-kms-key-id': { fixed: 'key-1' } } as const
    expect(await encryptionOf(createPolicyHandler({ ...base, fields: kms }))).toEqual({ kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: 'key-1' })
  })

  const encrypted: ObjectEncryption = { kind: 'SSE-COS', algorithm: 'AES256' }

  it('as the bucket has it, asked once in ten minutes however many pages ask', async () => {
    let time = NOON
    let asked = 0
    const client = { getBucketEncryption: async () => (asked++, encrypted) }
    const handler = createPolicyHandler({ ...base, encryption: cachedEncryption(client, { now: () => time }) })
    expect(await Promise.all(Array.from({ length: 10 }, () => encryptionOf(handler)))).toEqual(Array(10).fill(encrypted))
    time += 9 * 60_000
    await encryptionOf(handler)
    expect(asked).toBe(1)
    time += 2 * 60_000
    await encryptionOf(handler)
    expect(asked).toBe(2)
  })

  it('not at all when the bucket cannot be asked; the operator is told, and it is asked again later', async () => {
    let time = NOON
    const errors: unknown[] = []
    const client = { getBucketEncryption: () => Promise.reject(new Error('no permission')) }
    const handler = createPolicyHandler({
      ...base,
      encryption: cachedEncryption(client, { now: () => time, onError: (error) => errors.push(error) }),
    })
    expect([await encryptionOf(handler), await encryptionOf(handler)]).toEqual([null, null])
    expect(errors).toHaveLength(1)
    time += 61_000
    await encryptionOf(handler)
    expect(errors).toHaveLength(2)
  })
})
