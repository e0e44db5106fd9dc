import { isRecord } from '../endpoint/post-json.ts'
import { loadExplanation } from '../load-explanation.ts'
import { CosUploadError } from '../upload-error.ts'
import type { PolicyReply } from './policy-source.ts'

/**
 * Hands on what a policy source answered when it has the shape that it must have.
 *
 * Rejects with `policy-malformed`, naming the field.
 */
export async function readPolicyReply(value: unknown, count: number, url: string | null): Promise<PolicyReply> {
  if (isPolicyReply(value, count)) return value
  throw await loadExplanation(
    async () => (await import('./explain-policy.ts')).explainReply(value, count, url),
    (cause) =>
      new CosUploadError('policy-malformed', 'The policy endpoint’s reply cannot be used.', { url, status: null, problem: 'unknown' }, { cause }),
  )
}

function isPolicyReply(value: unknown, count: number): value is PolicyReply {
  if (!isRecord(value)) return false
  const start = time(value['serverTime'])
  const { posts } = value
  return Array.isArray(posts) && posts.length === count && posts.every((post) => isSignedPost(post, start))
}

function isSignedPost(post: unknown, start: number): boolean {
  if (!isRecord(post) || typeof post['url'] !== 'string') return false
  const { fields, receipt = '' } = post
  const texts = fields === null ? [] : isRecord(fields) ? Object.values(fields) : [fields]
  // Not a number is not later either.
  return [...texts, receipt].every((text) => typeof text === 'string') && time(post['expiresAt']) > start
}

function time(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}
