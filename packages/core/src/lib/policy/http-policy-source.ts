import { postJson, type EndpointOptions } from '../endpoint/post-json.ts'
import { withoutQuery } from '../endpoint/without-query.ts'
import { withFailures } from '../load-failures.ts'
import { isPolicyReply } from './is-policy-reply.ts'
import type { PolicySource } from './policy-source.ts'

/**
 * Asks a policy endpoint over HTTP: `POST {files, fields?, context?}`, answered by `{serverTime, posts}`.
 * `policy: '/api/policy'` is short for this without options.
 *
 * Rejects with `policy-unreachable` (no answer, 5xx, 429), `policy-refused` (other 4xx: the endpoint's own code and message are in `details`)
 * or `policy-malformed` (HTML, not JSON, a missing field). The code that tells them apart is loaded when it is needed; when it cannot be loaded,
 * rejects with a plain `Error`.
 */
export function createHttpPolicySource(url: string, options: EndpointOptions = {}): PolicySource {
  return async (request, { signal }) => {
    let response: Response | undefined
    let reply: unknown
    let cause: unknown
    try {
      response = await postJson(url, request, signal, options)
      reply = await response.json()
      if (response.ok && isPolicyReply(reply, request.files.length)) return reply
    } catch (error) {
      signal.throwIfAborted()
      cause = error
    }
    throw await withFailures<Error>(
      ({ explainResponse }) => explainResponse(url, request.files.length, response, reply, cause),
      () => new Error(`No policies from ${withoutQuery(url)}`, { cause }),
    )
  }
}
