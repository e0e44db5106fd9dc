import { refusal } from '../policy/refusal.ts'
import { invalidOption } from '../policy/invalid-option.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { StorePort } from '../store/store-port.ts'
import type { UploadUser } from './authorize.ts'

/** Counts the forms that a request asks for, and refuses when they are too many. @param now milliseconds since 1970 */
export type RateLimit<User extends UploadUser> = (request: Request, user: User, posts: number, now: number) => Promise<void>

export interface RateLimitOptions<User extends UploadUser> {
  /** Signed forms in one window. */
  readonly posts: number
  /** Length of a window. */
  readonly perSeconds: number
  /** Whom to count. With `allowAnyone()` take what your platform knows of the caller, such as its address. @default the user's id */
  readonly by?: ((request: Request, user: User) => string) | undefined
  /** Shared by all servers of the app. @default memoryStore() */
  readonly store?: StorePort | undefined
}

/** A limit in fixed windows: what exceeds it is refused with `rate-limited`, 429 and Retry-After. @throws {CosServerError} `rules-invalid` */
export function rateLimit<User extends UploadUser>(options: RateLimitOptions<User>): RateLimit<User> {
  const { posts, perSeconds, by = (_request, user) => user.id, store = memoryStore() } = options
  if (!(posts >= 1) || !(perSeconds >= 1)) {
    throw invalidOption('rateLimit', 'rateLimit needs posts and perSeconds of at least 1.')
  }
  return async (request, user, asked, now) => {
    const second = now / 1000
    const window = Math.floor(second / perSeconds)
    const used = await store.add(`rate:${window}:${by(request, user)}`, asked, Math.ceil(perSeconds * 2))
    if (used <= posts) return
    const retryAfter = Math.max(1, Math.ceil((window + 1) * perSeconds - second))
    throw refusal('rate-limited', `Too many uploads in a short time. Try again in ${retryAfter} seconds.`, { status: 429, retryAfter })
  }
}
