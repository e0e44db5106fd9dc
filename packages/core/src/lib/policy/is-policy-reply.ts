import type { PolicyReply } from './policy-source.ts'
import { zonedTime } from './zoned-time.ts'

type Fields = Readonly<Record<string, unknown>>

/** Whether a value is what a policy source must answer. Why it is not, `explainReply` says. */
export function isPolicyReply(value: unknown, count: number): value is PolicyReply {
  // `Object`: what is none has none of the fields.
  const { serverTime, posts }: Fields = Object(value)
  const signedAt = zonedTime(serverTime)
  const isSignedPost = (post: unknown): boolean => {
    const { url, fields, expiresAt, receipt = '' }: Fields = Object(post)
    return (
      typeof fields === 'object' &&
      !Array.isArray(fields) &&
      isText(url) &&
      isText(receipt) &&
      Object.values(fields ?? {}).every(isText) &&
      // A time that is none is not later either.
      zonedTime(expiresAt) > signedAt
    )
  }
  // Spread: `every` passes over what a list only has room for.
  return Array.isArray(posts) && posts.length === count && [...posts].every(isSignedPost)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
