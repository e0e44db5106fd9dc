import { invalidOption } from '../policy/invalid-option.ts'
import type { RequestedFile } from './read-policy-request.ts'

/** Whoever uploads. The app may add what it likes; hooks get it back typed. */
export interface UploadUser {
  /** Names the user in receipts, folders and rate limits. Who has none is refused: all those without would be one user. */
  readonly id: string
}

/**
 * Says who is asking, from a session, a token or whatever the app has. `null` refuses; throw `refusal(code, message)` to say why.
 * @param context the request's `context`, as the page sent it
 */
export type Authorize<User extends UploadUser> = (
  request: Request,
  files: readonly RequestedFile[],
  context: unknown,
) => User | null | Promise<User | null>

/** Everybody who reaches the endpoint may upload. Say it only of a demo, or behind a gate of your own. */
export function allowAnyone(): () => UploadUser {
  const anyone: UploadUser = { id: 'anyone' }
  return () => anyone
}

export function checkAuthorize(authorize: unknown): void {
  if (typeof authorize === 'function') return
  throw invalidOption('authorize', 'authorize is missing, so anybody could upload. Pass a function that tells who is asking, or allowAnyone().')
}
