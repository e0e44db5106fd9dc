import { encodePolicy, FILENAME_WILDCARD, formatKeyTime, utf8Length } from '@cosdrop/protocol'
import { createPrefixedPolicySigner } from '@cosdrop/protocol/signature'
import type { Credentials } from '../credentials/credentials.ts'
import { CosServerError } from '../server-error.ts'
import type { FieldDecision } from './compile-field-rules.ts'
import type { JsonBytes } from './json-bytes.ts'

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

/** What one form has for itself. */
export interface PostToSign {
  readonly key: string
  /** Bytes of the file, both inclusive. */
  readonly size: { readonly min: number; readonly max: number }
  /** `null`: the field rules have decided it. */
  readonly contentType: string | null
  readonly receipt: string | null
}

/** Signs one form and adds it to the text, as the JSON of a `SignedPost`. */
export type PostWriter = (post: PostToSign, json: JsonBytes) => void

const encoder = new TextEncoder()

/** Seconds by which a signature's life starts early: a server's clock may be a little ahead of COS's. */
const HEAD_START = 60
/** Seconds of life that temporary credentials must still have, or a form signed with them would be refused before it is sent. */
const SHORTEST_LIFE = 5

/**
 * COS puts the file's name for `${filename}` before it checks the policy, so a key with it can only be limited by the part before
 * (`official/post-object.txt`, table "Form fields that can be limited").
 */
function keyCondition(key: string, quoted: string): string {
  const at = key.indexOf(FILENAME_WILDCARD)
  return at < 0 ? `{"key":${quoted}}` : JSON.stringify(['starts-with', '$key', key.slice(0, at)])
}

const quote = (text: string): string => JSON.stringify(text)

/** Spaces, which JSON allows there, so that the Base64 of the beginning is a beginning of the Base64. */
function padded(text: string): string {
  return text + ' '.repeat((3 - (utf8Length(text) % 3)) % 3)
}

/** What is signed with one pair of credentials, from one second on. The policy ends when its key time does, and never after the credentials. */
function createMoment({ secretId, secretKey, token, expiresAt }: Credentials, second: number, life: number): (decision: FieldDecision) => PostWriter {
  const end = Math.min(second + life, Math.floor((expiresAt ?? Infinity) / 1000))
  if (end - second < Math.min(SHORTEST_LIFE, life)) {
    throw new CosServerError('credentials-unavailable', 'The temporary credentials have ended or are about to. Renew them earlier.', {})
  }
  const keyTime = formatKeyTime(second - HEAD_START, end)
  const expiration = new Date(end * 1000).toISOString()
  const signer = createPrefixedPolicySigner(secretKey, keyTime)
  const id = quote(secretId)
  const signing = `{"q-sign-algorithm":"sha1"},{"q-ak":${id}},{"q-sign-time":"${keyTime}"}`

  // Most of a policy is the same for all files: what is comes first, and is hashed, encoded and written once.
  return ({ url, conditions, fields }) => {
    const beginning = padded(`{"expiration":"${expiration}","conditions":[${[...conditions, signing].join(',')},`)
    const sign = signer(beginning)
    const sent = token === undefined ? fields : [...fields, ['x-cos-security-token', token] as const]
    const head = encoder.encode(`{"url":${quote(url)},"fields":{"key":`)
    const constant = sent.map(([name, value]) => `,${quote(name)}:${quote(value)}`).join('')
    const middle = encoder.encode(`${constant},"policy":"${encodePolicy(beginning)}`)
    const tail = encoder.encode(`","q-sign-algorithm":"sha1","q-ak":${id},"q-key-time":"${keyTime}","q-signature":"`)
    return ({ key, size, contentType, receipt }, json) => {
      const name = quote(key)
      const type = contentType === null ? '' : `"Content-Type":${quote(contentType)}`
      const rest = `${keyCondition(key, name)},["content-length-range",${size.min},${size.max}]${type && `,{${type}}`}]}`
      json.piece(head)
      json.text(type === '' ? name : `${name},${type}`)
      json.piece(middle)
      json.text(encodePolicy(rest))
      json.piece(tail)
      json.text(`${sign(rest)}"},"expiresAt":"${expiration}"${receipt === null ? '' : `,"receipt":"${receipt}"`}}`)
    }
  }
}

export type PostSigner = (credentials: Credentials, now: number, decision: FieldDecision) => PostWriter

/**
 * Keeps what posts share: the SignKey, for all that are signed in one second with the same credentials, and the writer of the decision that
 * is made most, the one without wishes.
 * @param life seconds
 */
export function createPostSigner(life: number): PostSigner {
  let latest: { readonly of: string; readonly moment: (decision: FieldDecision) => PostWriter } | null = null
  let writers = new WeakMap<FieldDecision, PostWriter>()
  return (credentials, now, decision) => {
    const second = Math.floor(now / 1000)
    // Told by their values: who gives credentials may make a new object each time.
    const of = JSON.stringify([second, credentials])
    if (latest?.of !== of) {
      latest = { of, moment: createMoment(credentials, second, life) }
      writers = new WeakMap()
    }
    const writer = writers.get(decision) ?? latest.moment(decision)
    writers.set(decision, writer)
    return writer
  }
}
