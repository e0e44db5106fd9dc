import type { EndpointReply } from '../endpoint/endpoint-reply.ts'
import { isRecord } from '../endpoint/is-record.ts'
import { readFailure } from '../endpoint/read-failure.ts'
import { CosUploadError, type AnyUploadError } from '../upload-error.ts'
import { zonedTime } from './zoned-time.ts'

/** What was wrong with an answer of the policy endpoint. Loaded when something is. */
export function explainReply(value: unknown, count: number, url: string | null): CosUploadError<'policy-malformed'> {
  return policyMalformed(findProblem(value, count) ?? 'it has a field of a wrong type', url)
}
/** The typed error for a reply of the policy endpoint that is not its JSON; `null` when it is. */
export function explainOutcome(reply: EndpointReply, url: string): AnyUploadError | null {
  const failure = readFailure(reply)
  if (!failure) return null
  switch (failure.kind) {
    case 'unreachable': {
      const { status, retryAfter, message, cause } = failure
      // Of a header or an address that they refuse browsers and Node tell all of it, and a token may be in it.
      const why = cause instanceof Error && !/header|url/i.test(cause.message) ? ` (${cause.message})` : ''
      const what = status === null ? `gave no answer${why}` : `answered ${status}`
      const hint =
        status === null
          ? "Check that the server runs and answers JSON, its CORS headers, and the page's Content-Security-Policy (connect-src)."
          : (message ?? (status === 429 ? 'Try again later.' : 'Look into the log of your server.'))
      return new CosUploadError('policy-unreachable', `The policy endpoint ${url} ${what}. ${hint}`, { url, status, retryAfter }, { cause })
    }
    case 'refused': {
      const { status, code, message } = failure
      // Most servers end their sentence themselves.
      const reason = (message ?? 'no reason given').replace(/\.$/, '')
      // Without a word of its own it is a server that has nothing there, or nothing for a POST.
      const hint =
        code === null && (status === 404 || status === 405) ? 'Check its address, and that it takes POST.' : "Your server's rules decide this."
      const text = `The policy endpoint ${url} refused with ${status}${code === null ? '' : ` ${code}`}: ${reason}. ${hint}`
      return new CosUploadError('policy-refused', text, { url, status, serverCode: code, serverMessage: message })
    }
    case 'malformed':
      return policyMalformed(`it answered ${failure.problem}`, url, failure.status)
  }
}

export function policyMalformed(
  problem: string,
  url: string | null,
  status: number | null = null,
  cause?: unknown,
): CosUploadError<'policy-malformed'> {
  const text = `The policy endpoint's reply cannot be used: ${problem}. It must answer {"serverTime", "posts": [{"url", "fields", "expiresAt"}]}, as createPolicyHandler of @cosdrop/server does.`
  return new CosUploadError('policy-malformed', text, { url, status, problem }, { cause })
}

function findProblem(value: unknown, count: number): string | null | undefined {
  if (!isRecord(value)) return 'it is not a JSON object'
  const { serverTime, posts } = value
  const timeProblem = findTimeProblem(serverTime, 'serverTime')
  if (timeProblem) return timeProblem
  if (!Array.isArray(posts)) return '"posts" is missing'
  if (posts.length !== count) return `it has ${posts.length} posts for ${count} files`
  // Not `map`, which passes over a hole.
  return Array.from(posts, (post, index) => findPostProblem(post, `posts[${index}]`, String(serverTime))).find(Boolean)
}

function findPostProblem(post: unknown, path: string, serverTime: string): string | null {
  if (!isRecord(post)) return `"${path}" is not an object`
  const { url, fields, expiresAt, receipt } = post
  if (typeof url !== 'string') return `"${path}.url" is missing`
  if (fields !== null && !(isRecord(fields) && Object.values(fields).every((text) => typeof text === 'string'))) {
    return `"${path}.fields" is not an object of strings (null for a bucket that needs no signature)`
  }
  const timeProblem = findTimeProblem(expiresAt, `${path}.expiresAt`)
  if (timeProblem) return timeProblem
  if (zonedTime(expiresAt) <= zonedTime(serverTime)) return `"${path}.expiresAt" is not later than "serverTime"`
  return receipt === undefined || typeof receipt === 'string' ? null : `"${path}.receipt" is not a string`
}

function findTimeProblem(value: unknown, path: string): string | null {
  if (typeof value === 'string' && !Number.isNaN(zonedTime(value))) return null
  return `"${path}" is ${value === undefined ? 'missing' : 'not an ISO 8601 time with its zone, as "2026-01-01T00:00:00Z"'}`
}
