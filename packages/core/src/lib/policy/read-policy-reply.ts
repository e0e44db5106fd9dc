import { isRecord } from '../endpoint/post-json.ts'
import { CosUploadError } from '../upload-error.ts'
import type { PolicyReply, SignedPost } from './policy-source.ts'

export function policyMalformed(
  problem: string,
  url: string | null,
  status: number | null = null,
  cause?: unknown,
): CosUploadError<'policy-malformed'> {
  const text = `The policy endpoint's reply cannot be used: ${problem}. It must answer {"serverTime", "posts": [{"url", "fields", "expiresAt"}]}, as createPolicyHandler of @cosdrop/server does.`
  return new CosUploadError('policy-malformed', text, { url, status, problem }, { cause })
}

/**
 * Reads what a policy source answered, whatever it is.
 * @throws {CosUploadError} `policy-malformed`, naming the field
 */
export function readPolicyReply(value: unknown, count: number, url: string | null): PolicyReply {
  const wrong = (problem: string): CosUploadError<'policy-malformed'> => policyMalformed(problem, url)

  const time = (holder: Readonly<Record<string, unknown>>, name: string, path: string): string => {
    const text = holder[name]
    if (typeof text === 'string' && !Number.isNaN(Date.parse(text))) return text
    throw wrong(`"${path}${name}" is ${text === undefined ? 'missing' : 'not an ISO 8601 time'}`)
  }

  const readPost = (post: unknown, index: number): SignedPost => {
    const path = `posts[${index}]`
    if (!isRecord(post)) throw wrong(`"${path}" is not an object`)
    const { url: action, fields = null, receipt } = post
    if (typeof action !== 'string') throw wrong(`"${path}.url" is missing`)
    if (fields !== null && !isTexts(fields)) throw wrong(`"${path}.fields" is not an object of strings`)
    const expiresAt = time(post, 'expiresAt', `${path}.`)
    if (Date.parse(expiresAt) <= Date.parse(serverTime)) throw wrong(`"${path}.expiresAt" is not later than "serverTime"`)
    return { url: action, fields, expiresAt, ...(typeof receipt === 'string' && { receipt }) }
  }

  if (!isRecord(value)) throw wrong('it is not a JSON object')
  const serverTime = time(value, 'serverTime', '')
  const { posts } = value
  if (!Array.isArray(posts)) throw wrong('"posts" is missing')
  if (posts.length !== count) throw wrong(`it has ${posts.length} posts for ${count} files`)
  return { serverTime, posts: posts.map(readPost) }
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
}
