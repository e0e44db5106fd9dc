import { basename } from 'node:path'
import { createPostPolicy, type SignedPost } from '@cosdrop/server'
import { needCredentials } from '../arguments/read-credentials.ts'
import { bucketAddress, headerValues, httpUrl, nameValues } from '../arguments/read-values.ts'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import { wholeAnswer } from '../cos/whole-answer.ts'
import { isRecord } from '../is-record.ts'
import { parsedJson } from '../parsed-json.ts'
import { fixedFields } from '../sign/fixed-fields.ts'

/** The options that say where a form comes from. */
export interface PolicyOptions {
  readonly policy?: string | undefined
  readonly header?: readonly string[] | undefined
  readonly bucket?: string | undefined
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
  readonly key?: string | undefined
  readonly field?: readonly string[] | undefined
  readonly 'secret-id'?: string | undefined
}

/** Where to send which fields. */
export type FormToPost = Pick<SignedPost, 'url' | 'fields'>

/** One signed form of the endpoint's reply (design of the policy endpoint: `{"posts":[{"url","fields"}]}`). */
function readPost(reply: unknown): FormToPost | null {
  const post: unknown = isRecord(reply) && Array.isArray(reply['posts']) ? reply['posts'][0] : null
  if (!isRecord(post) || typeof post['url'] !== 'string' || !isRecord(post['fields'])) return null
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(post['fields'])) {
    if (typeof value !== 'string') return null
    fields[name] = value
  }
  const { url } = post
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? { url, fields } : null
}

async function askEndpoint(url: string, options: PolicyOptions, path: string, size: number, { io, messages }: CommandContext): Promise<FormToPost> {
  const { failures } = messages
  const fields = Object.fromEntries(nameValues(options.field ?? [], '--field', messages))
  const headers = headerValues(options.header ?? [], '--header', messages)
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json')
  const { reply, body: text } = await wholeAnswer(io, url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ files: [{ name: basename(path), type: '', size }], ...(Object.keys(fields).length > 0 && { fields }) }),
    redirect: 'follow',
  })
  const body = parsedJson(text)
  const status = String(reply.status)
  const post = reply.ok ? readPost(body) : null
  if (post !== null) return post
  const error = isRecord(body) ? body['error'] : null
  if (isRecord(error) && typeof error['code'] === 'string' && typeof error['message'] === 'string') {
    const { code, message } = { code: error['code'], message: error['message'] }
    throw new CommandError('failure', code, failures.endpointRefused({ url, status, code, message }))
  }
  // Behind a 301 or 302 the question was a GET, which such an endpoint answers too, with its limits.
  // What a login is passed on there is for nobody's log.
  if (reply.redirected) throw new CommandError('failure', 'policy-moved', failures.endpointMoved({ url, to: reply.url.replace(/[?#].*/, '') }))
  throw new CommandError('failure', 'policy-malformed', failures.endpointMalformed({ url, status }))
}

/** What belongs to the other way to a form would be dropped without a word, and the file get another key than was asked for. */
function checkWay(options: PolicyOptions, { usage }: CommandContext['messages']): void {
  const other = options.policy === undefined ? '--bucket' : '--policy'
  const unheeded = options.policy === undefined ? (['header'] as const) : (['bucket', 'region', 'endpoint', 'key', 'secret-id'] as const)
  const option = unheeded.find((name) => options[name] !== undefined)
  if (option !== undefined) throw new CommandError('usage', 'usage', usage.notBeside({ option: `--${option}`, other }))
}

/** The signed form for one file: asked for at an endpoint, or signed here. @throws {CommandError} {UnreachableError} {CosServerError} */
export async function askPolicy(options: PolicyOptions, path: string, size: number, context: CommandContext): Promise<FormToPost> {
  const { messages, io } = context
  if (options.policy === undefined && options.bucket === undefined && options.region === undefined) {
    throw new CommandError('usage', 'usage', messages.usage.policyOrBucket)
  }
  checkWay(options, messages)
  if (options.policy !== undefined) return askEndpoint(httpUrl(options.policy, '--policy', messages), options, path, size, context)
  return createPostPolicy({
    ...bucketAddress(options, messages),
    key: options.key ?? basename(path),
    size: { min: size, max: size },
    fields: fixedFields(nameValues(options.field ?? [], '--field', messages)),
  }).sign(needCredentials(io.env, options['secret-id'], messages), { now: io.now() })
}
