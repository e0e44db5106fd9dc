import { decodePolicy, matchPolicy, parsePolicy } from '@cosdrop/protocol'
import { signPolicy } from '@cosdrop/protocol/signature'
import { describe, expect, it } from 'vitest'
import { refusal } from '../policy/refusal.ts'
import { allowAnyone } from './authorize.ts'
import { createPolicyHandler, type PolicyHandlerOptions } from './policy-handler.ts'
import type { UploadUser } from './authorize.ts'

const secretKey = 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz'
const NOW = Date.UTC(2026, 10, 21, 12)
const base = {
  bucket: 'examplebucket-1250000000',
  region: 'ap-guangzhou',
  credentials: { secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q', secretKey },
  authorize: allowAnyone(),
  now: () => NOW,
} satisfies PolicyHandlerOptions<UploadUser>

function ask(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request('https://app.example.com/policy', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers })
}

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
      const { signature } = signPolicy({ secretKey, keyTime: post.fields['q-key-time'], policy: text })
      expect(post.fields['q-signature']).toBe(signature)
      const form = { fields: Object.entries<string>(post.fields), bucket: base.bucket, filename: 'x', fileSize: index === 0 ? 1234 : 5 }
      expect(matchPolicy(parsePolicy(text), form, new Date(NOW))).toBeNull()
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
