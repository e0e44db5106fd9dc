import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchPolicyLimits } from './fetch-policy-limits.ts'

const { signal } = new AbortController()
const ask = () => fetchPolicyLimits('https://app.test/api/policy', { signal })
const answering = (body: unknown, init?: ResponseInit) => vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, init)))

afterEach(() => vi.unstubAllGlobals())

describe('what the endpoint tells before anything is sent', () => {
  it('becomes restrictions and the way of storing', async () => {
    const limits = { accept: 'image/*,.pdf', minSize: 1, maxSize: 20, maxFiles: 5, maxTotalSize: 50 }
    answering({ serverTime: '2026-01-01T00:00:00Z', limits, encryption: { kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: 'k' } })
    expect(await ask()).toEqual({ restrictions: limits, encryption: { kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: 'k' } })
  })

  it('leaves out what restricts nobody: no smallest size, and the bound of one request', async () => {
    answering({ limits: { minSize: 0, maxSize: 20, maxFiles: 100 }, encryption: null })
    expect(await ask()).toEqual({ restrictions: { maxSize: 20 }, encryption: null })
  })

  it.each([[{ limits: { maxSize: '20', accept: 7 }, encryption: { kind: 'ROT13', algorithm: 'x' } }], [{ limits: null, encryption: 'AES256' }]])(
    'takes nothing that has another type: %j',
    async (body) => {
      answering(body)
      expect(await ask()).toEqual({ restrictions: {}, encryption: null })
    },
  )

  it('is nothing when the endpoint knows no GET, answers HTML, or cannot be reached', async () => {
    answering({ error: {} }, { status: 405 })
    expect(await ask()).toBeNull()
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<!doctype html>')))
    expect(await ask()).toBeNull()
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
    expect(await ask()).toBeNull()
  })

  it('is not waited for by a page that has gone', async () => {
    vi.stubGlobal('fetch', (_url: string, { signal: asked }: RequestInit) => Promise.reject(asked?.reason))
    await expect(fetchPolicyLimits('https://app.test/api/policy', { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
  })
})
