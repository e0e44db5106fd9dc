import { createHttpPolicySource, createUploader, type PolicySource } from '@cosdrop/core'
import { sampleBytes } from '../sample-bytes.ts'
import { seenItem, type SeenItem } from '../seen-item.ts'

export interface RefusedFile {
  readonly size: number
  readonly policyUrl: string
}

export interface RefusedSeen {
  readonly refused: readonly SeenItem[]
  readonly next: readonly SeenItem[]
}

/** Two files that storage refuses, and four after them that are in order, one after the other by the same uploader. */
export async function uploadRefused({ size, policyUrl }: RefusedFile): Promise<RefusedSeen> {
  const signed = createHttpPolicySource(policyUrl)
  // Other options would mean other requests: only the signature changes.
  let tampered = true
  const policy: PolicySource = async (request, options) => {
    const reply = await signed(request, options)
    if (!tampered) return reply
    return { ...reply, posts: reply.posts.map(({ fields, ...post }) => ({ ...post, fields: { ...fields, 'q-signature': '0'.repeat(40) } })) }
  }
  const uploader = createUploader({ policy, concurrency: 1 })
  // Each with bytes of its own, so that the reply to another one would be noticed.
  const files = (names: readonly string[]): readonly File[] => names.map((name, at) => new File([sampleBytes(size + at)], name))
  const refused = await uploader.upload(files(['refused-1', 'refused-2']))
  tampered = false
  const next = await uploader.upload(files(['next-1', 'next-2', 'next-3', 'next-4']))
  uploader.destroy()
  return { refused: refused.map(seenItem), next: next.map(seenItem) }
}
