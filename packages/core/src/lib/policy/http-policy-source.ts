import { postJson, type EndpointOptions } from '../endpoint/post-json.ts'
import { loadExplanation } from '../load-explanation.ts'
import { CosUploadError, type AnyUploadError } from '../upload-error.ts'
import type { PolicySource } from './policy-source.ts'
import { readPolicyReply } from './read-policy-reply.ts'

/**
 * Asks a policy endpoint over HTTP: `POST {files, fields?, context?}`, answered by `{serverTime, posts}`.
 * `policy: '/api/policy'` is short for this without options.
 *
 * Rejects with `policy-unreachable` (no answer, 5xx, 429), `policy-refused` (other 4xx: the endpoint's own code and message are in `details`)
 * or `policy-malformed` (HTML, not JSON, a missing field).
 */
export function createHttpPolicySource(url: string, options: EndpointOptions = {}): PolicySource {
  return async (request, { signal }) => {
    const reply = await postJson(url, request, signal, options)
    if (reply.status !== 200 || reply.json === undefined) {
      const { status } = reply
      const error = await loadExplanation<AnyUploadError | null>(
        async () => (await import('./explain-policy.ts')).explainOutcome(reply, url),
        (cause) =>
          new CosUploadError('policy-unreachable', `The policy endpoint ${url} could not be used.`, { url, status, retryAfter: null }, { cause }),
      )
      if (error !== null) throw error
    }
    return readPolicyReply(reply.status === null ? undefined : reply.json, request.files.length, url)
  }
}
