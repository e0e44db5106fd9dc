import { describe, expect, it } from 'vitest'
import { memoryStore } from '../store/memory-store.ts'
import { codeOf, photo, signed } from '../testing/ask-handler.ts'
import { account, ask, demoOptions as base, NOON } from '../testing/demo.ts'
import { createPolicyHandler } from './policy-handler.ts'

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

  it('needs no store: without one no key is closed', async () => {
    const { posts } = await signed(createPolicyHandler(base), { files: [photo] })
    const { fields, receipt } = posts[0]!
    const again = await signed(createPolicyHandler(base), { files: [{ ...photo, key: fields['key'], receipt }] })
    expect(again.posts[0]!.fields['key']).toBe(fields['key'])
  })

  it('is refused, not failed, by a server that gives no receipts', async () => {
    const without = createPolicyHandler({ ...base, credentials: () => account })
    expect(await codeOf(without, ask({ files: [{ ...photo, ...(await first()) }] }))).toBe('receipt-invalid')
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
