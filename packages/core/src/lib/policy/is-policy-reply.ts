import { isRecord } from '../endpoint/is-record.ts'
import type { PolicyReply } from './policy-source.ts'

/** Whether a value is what a policy source must answer. Why it is not, `findProblem` says. */
export function isPolicyReply(value: unknown, count: number): value is PolicyReply {
  if (!isRecord(value)) return false
  const { serverTime, posts } = value
  const isSignedPost = (post: unknown): boolean => {
    if (!isRecord(post)) return false
    const { url, fields, expiresAt, receipt = '' } = post
    return (
      (fields === null || isRecord(fields)) &&
      [url, serverTime, expiresAt, receipt, ...Object.values(fields ?? {})].every((text) => typeof text === 'string') &&
      // A time that is none is not later either.
      Date.parse(String(expiresAt)) > Date.parse(String(serverTime))
    )
  }
  return Array.isArray(posts) && posts.length === count && posts.every(isSignedPost)
}
