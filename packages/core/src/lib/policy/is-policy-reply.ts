import { isRecord } from '../endpoint/post-json.ts'
import type { PolicyReply } from './policy-source.ts'

/** Whether a value is what a policy endpoint must answer. Why it is not, `explainReply` says. */
export function isPolicyReply(value: unknown, count: number): value is PolicyReply {
  if (!isRecord(value)) return false
  const start = time(value['serverTime'])
  const { posts } = value
  return Array.isArray(posts) && posts.length === count && posts.every((post) => isSignedPost(post, start))
}

function isSignedPost(post: unknown, start: number): boolean {
  if (!isRecord(post) || typeof post['url'] !== 'string') return false
  const { fields, receipt = '' } = post
  if (fields !== null && !isRecord(fields)) return false
  const texts = [...Object.values(fields ?? {}), receipt]
  // Not a number is not later either.
  return texts.every((text) => typeof text === 'string') && time(post['expiresAt']) > start
}

function time(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}
