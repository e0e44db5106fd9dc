import type { BucketAccess } from './bucket-access.ts'
import { reach } from './reach.ts'

/**
 * An answer with its body: of one that broke off in the middle nothing can be made, so it counts as none. Redirects are followed where `init` says so.
 * @throws {UnreachableError}
 */
export function wholeAnswer(
  { fetch, signal }: Pick<BucketAccess, 'fetch' | 'signal'>,
  url: string | URL,
  init: RequestInit,
): Promise<{ readonly reply: Response; readonly body: string }> {
  return reach(url, signal, async () => {
    const reply = await fetch(url, { redirect: 'manual', ...init, signal })
    return { reply, body: await reply.text() }
  })
}
