import { postJson, type EndpointOptions } from '../endpoint/post-json.ts'
import { CosUploadError } from '../upload-error.ts'
import type { PolicySource } from './policy-source.ts'
import { policyMalformed, readPolicyReply } from './read-policy-reply.ts'

/**
 * Asks a policy endpoint over HTTP: `POST {files, fields?, context?}`, answered by `{serverTime, posts}`.
 * `policy: '/api/policy'` is short for this without options.
 *
 * Rejects with `policy-unreachable` (no answer, 5xx, 429), `policy-refused` (other 4xx: the endpoint's own code and message are in `details`)
 * or `policy-malformed` (HTML, not JSON, a missing field).
 */
export function createHttpPolicySource(url: string, options: EndpointOptions = {}): PolicySource {
  return async (request, { signal }) => {
    const outcome = await postJson(url, request, signal, options)
    switch (outcome.kind) {
      case 'reply':
        return readPolicyReply(outcome.value, request.files.length, url)
      case 'unreachable': {
        const { status, retryAfter, cause } = outcome
        const what = status === null ? 'could not be reached' : `answered ${status}`
        const hint =
          status === null
            ? 'Check that the server runs and, on another origin, that its CORS headers allow this page.'
            : 'Look into the log of your server.'
        throw new CosUploadError('policy-unreachable', `The policy endpoint ${url} ${what}. ${hint}`, { url, status, retryAfter }, { cause })
      }
      case 'refused': {
        const { status, code, message } = outcome
        const text = `The policy endpoint ${url} refused with ${status}${code === null ? '' : ` ${code}`}: ${message ?? 'no reason given'}. Your server's rules decide this.`
        throw new CosUploadError('policy-refused', text, { url, status, serverCode: code, serverMessage: message })
      }
      case 'malformed':
        throw policyMalformed(`it answered ${outcome.problem}`, url, outcome.status)
      default:
        return outcome satisfies never
    }
  }
}
