import { encodePolicy, formatKeyTime } from '@cosdrop/protocol'
import { createPolicySigner } from '@cosdrop/protocol/signature'
import type { Credentials } from '../credentials/credentials.ts'
import { CosServerError } from '../server-error.ts'
import type { FieldDecision } from './compile-field-rules.ts'

/** One signed form without its file: append `fields` in order, then the file, and post it to `url`. */
export interface SignedPost {
  /** The bucket's URL. */
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
  /** ISO 8601. */
  readonly expiresAt: string
  /** Binds a confirmation or a renewal to this policy. */
  readonly receipt?: string
}

/** One form to be signed. */
export interface PostToSign {
  readonly url: string
  readonly bucket: string
  readonly key: string
  /** How the policy names the key: with a prefix when the key holds `${filename}`. */
  readonly keyCondition: string
  /** Bytes of the file, both inclusive. */
  readonly size: { readonly min: number; readonly max: number }
  readonly contentType: string | null
  readonly decision: FieldDecision
}

/** All that the posts signed in one second with the same credentials share. */
export interface SigningMoment {
  readonly expiresAt: string
  readonly sign: (post: PostToSign) => SignedPost
}

/** Seconds by which a signature's life starts early: a server's clock may be a little ahead of COS's. */
const HEAD_START = 60
/** Seconds of life that temporary credentials must still have, or a form signed with them would be refused before it is sent. */
const SHORTEST_LIFE = 5

/** What is signed for one pair of credentials, from one second on. The policy ends when its key time does, and never after the credentials. */
function createMoment(credentials: Credentials, second: number, life: number): SigningMoment {
  const credentialsEnd = credentials.expiresAt === undefined ? Infinity : Math.floor(credentials.expiresAt / 1000)
  const end = Math.min(second + life, credentialsEnd)
  if (end - second < SHORTEST_LIFE) {
    throw new CosServerError(
      'credentials-unavailable',
      'The temporary credentials have ended or are about to. The provider must renew them earlier.',
      {},
    )
  }
  const keyTime = formatKeyTime(second - HEAD_START, end)
  const expiresAt = new Date(end * 1000).toISOString()
  const signature = createPolicySigner(credentials.secretKey, keyTime)
  const head = `{"expiration":"${expiresAt}","conditions":[`
  const tail = [{ 'q-sign-algorithm': 'sha1' }, { 'q-ak': credentials.secretId }, { 'q-sign-time': keyTime }]
    .map((part) => JSON.stringify(part))
    .join(',')
  return {
    expiresAt,
    sign(post) {
      const { key, size, contentType, decision } = post
      const conditions = [JSON.stringify({ bucket: post.bucket }), post.keyCondition, JSON.stringify(['content-length-range', size.min, size.max])]
      if (contentType !== null) conditions.push(JSON.stringify({ 'Content-Type': contentType }))
      const text = `${head}${[...conditions, ...decision.conditions].join(',')},${tail}]}`
      const fields: Record<string, string> = { key }
      if (contentType !== null) fields['Content-Type'] = contentType
      for (const [name, value] of decision.fields) fields[name] = value
      if (credentials.token !== undefined) fields['x-cos-security-token'] = credentials.token
      fields['policy'] = encodePolicy(text)
      fields['q-sign-algorithm'] = 'sha1'
      fields['q-ak'] = credentials.secretId
      fields['q-key-time'] = keyTime
      fields['q-signature'] = signature(text)
      return { url: post.url, fields, expiresAt }
    },
  }
}

/** Keeps the latest moment: the SignKey is derived once a second at most, however many posts are signed. @param life seconds */
export function createPostSigner(life: number): (credentials: Credentials, now: number) => SigningMoment {
  let latest: { readonly credentials: Credentials; readonly second: number; readonly moment: SigningMoment } | null = null
  return (credentials, now) => {
    const second = Math.floor(now / 1000)
    if (latest === null || latest.credentials !== credentials || latest.second !== second) {
      latest = { credentials, second, moment: createMoment(credentials, second, life) }
    }
    return latest.moment
  }
}
