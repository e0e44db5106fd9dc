import { readRedirectParameters } from '@cosdrop/protocol'
import type { SignedAccess } from '../cos/bucket-access.ts'
import { readRefusal, type ServiceRefusal } from '../cos/service-refusal.ts'
import { probePost, removeProbe } from './probe-post.ts'

/** Who can read where a redirect ends. `frame`: a hidden iframe of the same origin. `xhr`: a request, with CORS. `page`: the landing page alone. */
export type RedirectReader = 'frame' | 'xhr' | 'page'

export type RedirectFinding =
  | {
      readonly outcome: 'redirected'
      readonly key: string
      /** With bucket, key and etag, as COS wrote it. */
      readonly location: string
      /** Bucket, key and ETag stand in it. */
      readonly complete: boolean
      /** What the landing page answered; `null` when nothing did. */
      readonly landingStatus: number | null
      readonly readers: readonly RedirectReader[]
      readonly removed: boolean
    }
  /** Stored, but answered without a redirect. */
  | { readonly outcome: 'ignored'; readonly key: string; readonly status: number; readonly removed: boolean }
  | ({ readonly outcome: 'refused' } & ServiceRefusal)

interface Landing {
  readonly status: number | null
  readonly readable: boolean
}

/** A redirected request says `Origin: null`, and keeps its need of a preflight. https://fetch.spec.whatwg.org/#concept-http-redirect-fetch */
async function visit({ fetch, signal }: SignedAccess, location: string): Promise<Landing> {
  const ask = (method: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(location, { method, headers: { Origin: 'null', ...headers }, redirect: 'manual', signal })
  const admitsNull = (reply: Response): boolean => ['*', 'null'].includes(reply.headers.get('Access-Control-Allow-Origin') ?? '')
  try {
    const before = await ask('OPTIONS', { 'Access-Control-Request-Method': 'GET' })
    await before.body?.cancel()
    const reply = await ask('GET', {})
    await reply.body?.cancel()
    return { status: reply.status, readable: before.ok && admitsNull(before) && admitsNull(reply) }
  } catch (error) {
    if (signal.aborted) throw error
    return { status: null, readable: false }
  }
}

/** Posts a tiny object that redirects to a page of the app, follows the redirect as a browser would, and removes the object. */
export async function probeRedirect(
  access: SignedAccess,
  origin: string,
  key: string,
  redirect: string,
  blankPins: boolean,
): Promise<RedirectFinding> {
  const { reply, body } = await probePost(access, origin, key, { success_action_redirect: { fixed: redirect } }, blankPins)
  const removed = reply.status < 400 && (await removeProbe(access, key, reply.headers.get('x-cos-version-id')))
  const location = reply.headers.get('Location')
  if (reply.status >= 400) return { outcome: 'refused', ...readRefusal(reply.status, body, (name) => reply.headers.get(name)) }
  if (reply.status !== 303 || location === null) return { outcome: 'ignored', key, status: reply.status, removed }
  const landing = await visit(access, location)
  const sameOrigin = URL.canParse(location) && new URL(location).origin === origin
  return {
    outcome: 'redirected',
    key,
    location,
    complete: readRedirectParameters(location) !== null,
    landingStatus: landing.status,
    readers: [...(sameOrigin ? ['frame' as const] : []), ...(landing.readable ? ['xhr' as const] : []), 'page'],
    removed,
  }
}
