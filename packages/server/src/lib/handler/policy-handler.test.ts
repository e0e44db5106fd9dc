import { decodePolicy, matchPolicy, parsePolicy } from '@cosdrop/protocol'
import { signPolicy } from '@cosdrop/protocol/signature'
import { describe, expect, it } from 'vitest'
import { refusal } from '../policy/refusal.ts'
import { codeOf, photo, signed } from '../testing/ask-handler.ts'
import { account, ask, bucket, demoOptions as base, NOON } from '../testing/demo.ts'
import type { UploadUser } from './authorize.ts'
import { createPolicyHandler } from './policy-handler.ts'

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

  it('takes settings that the environment lacks for left out', async () => {
    const lacking = {
      endpoint: undefined,
      key: undefined,
      expiresIn: undefined,
      sizes: undefined,
      cors: undefined,
      rateLimit: undefined,
      store: undefined,
    }
    const handler = createPolicyHandler({ ...base, ...lacking, limits: { accept: undefined, maxSize: undefined, maxTotalSize: undefined } })
    const [post, usual] = await Promise.all(
      [handler, createPolicyHandler(base)].map(async (each) => (await signed(each, { files: [photo] })).posts[0]!),
    )
    expect([post!.url, post!.expiresAt]).toEqual([usual!.url, usual!.expiresAt])
    expect(post!.fields['key']).toMatch(/^uploads\//)
  })

  it('answers a page that mocks its server in Firefox, where a request has no stream', async () => {
    const request = Object.defineProperty(ask({ files: [photo] }), 'body', { value: undefined })
    expect((await createPolicyHandler(base)(request)).status).toBe(200)
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

  it.each([{}, { id: undefined }, true, 'ann'])('takes no two people for one: %j of authorize names nobody', async (nameless) => {
    const authorize: () => UploadUser = Object.assign(() => nameless)
    const reply = await createPolicyHandler({ ...base, authorize })(ask({ files: [photo] }))
    expect([reply.status, (await reply.json()).error?.code]).toEqual([403, 'not-authorized'])
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

describe('encryption', () => {
  it('that the rules hold at "not set" is told as none', async () => {
    const handler = createPolicyHandler({ ...base, fields: { 'x-cos-server-side-encryption': { fixed: '' } } })
    expect((await (await handler(new Request('https://app.example.com/policy'))).json()).encryption).toBeNull()
  })
})

describe('a health check', () => {
  it('that asks by HEAD hears what a GET would', async () => {
    const reply = await createPolicyHandler(base)(new Request('https://app.example.com/policy', { method: 'HEAD' }))
    expect([reply.status, reply.headers.get('Content-Type')]).toEqual([200, 'application/json'])
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

describe('a method that means nothing', () => {
  it('is told which do', async () => {
    const reply = await createPolicyHandler(base)(new Request('https://app.example.com/policy', { method: 'DELETE' }))
    expect([reply.status, reply.headers.get('Allow')]).toEqual([405, 'POST, GET, OPTIONS'])
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

it('an error is answered and told as well where the runtime gives its requests no signal', async () => {
  const errors: unknown[] = []
  const authorize = (): never => {
    throw new Error('the database is away')
  }
  const handler = createPolicyHandler({ ...base, authorize, onError: (error) => errors.push(error) })
  const reply = await handler(Object.defineProperty(ask({ files: [photo] }), 'signal', { value: null }))
  expect([reply.status, errors]).toEqual([500, [new Error('the database is away')]])
})

describe('a log that is away itself', () => {
  const mistakes = {
    throws: () => {
      throw new Error('the log is away')
    },
    rejects: () => Promise.reject(new Error('the log is away')),
  }
  it.each(Object.entries(mistakes))('and %s changes no reply, and ends no process', async (_name, onError) => {
    const credentials = (): never => {
      throw new Error('the vault is locked')
    }
    expect(await codeOf(createPolicyHandler({ ...base, credentials, onError }), ask({ files: [photo] }))).toBe('credentials-unavailable')
  })
})
