import type { Clock } from '../clock.ts'
import type { PostForm } from '../form/post-form.ts'
import type { PolicyReply, SignedPost } from './policy-source.ts'

/** A signed post with its life counted on the uploader's monotonic clock. */
export interface PolicyLife {
  readonly post: SignedPost
  /** On the uploader's clock: never later than the true end. */
  readonly endsAt: number
  /** Milliseconds from signing to the end. */
  readonly life: number
  /** The server's time, now. */
  readonly serverNow: () => Date
}

export interface SignedPolicy extends PolicyLife {
  /** Built and matched with it when it came. A promise where that needs a closer look; it rejects as `buildPostForm` does. */
  readonly form: PostForm | Promise<PostForm>
}

/** Milliseconds kept in hand for the way to storage and for clocks that differ there. */
const margin = 5_000

/**
 * Life is `expiresAt - serverTime`, so the device's clock plays no part. It counts from when the request began: the server looked at its clock
 * some time after that, so the end found here is never too late.
 */
export function readLife(reply: PolicyReply, requestedAt: number, clock: Clock): readonly PolicyLife[] {
  const serverTime = Date.parse(reply.serverTime)
  const serverNow = (): Date => new Date(serverTime + clock.now() - requestedAt)
  return reply.posts.map((post) => {
    const life = Date.parse(post.expiresAt) - serverTime
    return { post, life, endsAt: requestedAt + life, serverNow }
  })
}

/**
 * Whether enough life is left to send a file with it. COS looks at the policy when the form arrives; a slow file is still given its whole
 * expected time, up to half of the policy's life, since signing again could not give it more.
 * @param sendingMs expected time of the whole upload
 */
export function livesLongEnough<Policy extends PolicyLife>(policy: Policy | undefined, now: number, sendingMs = 0): policy is Policy {
  return !!policy && policy.endsAt - now > Math.min(margin + sendingMs, policy.life / 2)
}
