import type { ObjectEncryption } from '@cosdrop/protocol'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createPolicyHandler } from '../handler/policy-handler.ts'
import type { Handler } from '../handler/serve.ts'
import { demoOptions as base, NOON } from '../testing/demo.ts'
import { cachedEncryption } from './cached-encryption.ts'

describe('the page is told how files will be encrypted', () => {
  const encryptionOf = async (handler: Handler): Promise<unknown> =>
    (await (await handler(new Request('https://app.example.com/policy'))).json()).encryption

  it('as the rules fix it', async () => {
    const fixed = createPolicyHandler({ ...base, fields: { 'x-cos-server-side-encryption': { fixed: 'AES256' } } })
    expect(await encryptionOf(fixed)).toEqual({ kind: 'SSE-COS', algorithm: 'AES256' })
    const kms = { 'x-cos-server-side-encryption': { fixed: 'cos/kms' }, 'x-cos-server-side-encryption-cos-kms-key-id': { fixed: 'key-1' } } as const
    expect(await encryptionOf(createPolicyHandler({ ...base, fields: kms }))).toEqual({ kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: 'key-1' })
  })

  it('or not at all, in five seconds, where storage is silent: a page waits for its limits', async () => {
    vi.useFakeTimers()
    const errors: unknown[] = []
    const asked: (AbortSignal | undefined)[] = []
    const client = {
      getBucketEncryption: ({ signal }: { readonly signal?: AbortSignal } = {}) => {
        asked.push(signal)
        return new Promise<never>(() => {})
      },
    }
    const handler = createPolicyHandler({ ...base, encryption: cachedEncryption(client, { onError: (error) => errors.push(error) }) })
    const told = encryptionOf(handler)
    await vi.advanceTimersByTimeAsync(5_000)
    vi.useRealTimers()
    expect([await told, await encryptionOf(handler)]).toEqual([null, null])
    expect(asked.map((signal) => signal?.aborted)).toEqual([true])
    expect(errors).toEqual([new Error('COS gave no answer within 5 seconds.')])
  })

  it('also to those who come after a page that left while its request asked, though Cloudflare Workers then end the question and its timers', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    let asked = 0
    const client = { getBucketEncryption: async () => (asked++ === 0 ? new Promise<never>(() => {}) : encrypted) }
    const handler = createPolicyHandler({ ...base, encryption: cachedEncryption(client) })
    void encryptionOf(handler)
    await vi.advanceTimersByTimeAsync(100)
    vi.clearAllTimers()
    const next = encryptionOf(handler)
    await vi.advanceTimersByTimeAsync(5_000)
    expect([await next, await encryptionOf(handler), asked, vi.getTimerCount()]).toEqual([null, encrypted, 2, 0])
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
