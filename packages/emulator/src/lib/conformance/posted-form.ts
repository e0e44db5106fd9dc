import { base64OfBytes, encodePolicy, formatKeyTime } from '@cosdrop/protocol'
import { signPolicy } from '@cosdrop/protocol/signature'
import { multipartBody, type PartToWrite } from '../testing/multipart-body.ts'
import { BUCKET, CONTENT, HOST, NOW, SECRET_ID, SECRET_KEY, type WireRequest } from './conformance-case.ts'

const START = NOW / 1000 - 60
export const KEY_TIME: string = formatKeyTime(START, START + 3600)

export interface FormToPost {
  /** Before the signature's fields. @default `{ key: 'exampleobject' }` */
  readonly fields?: Readonly<Record<string, string>>
  /** Added to the policy, as JSON. */
  readonly conditions?: readonly unknown[]
  /** The policy's text, in the place of the usual one. */
  readonly policy?: string
  /** ISO 8601. @default half an hour from now */
  readonly expiration?: string
  readonly secretId?: string
  readonly secretKey?: string
  readonly keyTime?: string
  /** Changes the parts once they are signed: what an attacker, or a mistake, does. */
  readonly tamper?: (parts: readonly PartToWrite[]) => readonly PartToWrite[]
  /** `null` sends no file. */
  readonly file?: PartToWrite | null
  /** After the file. */
  readonly after?: readonly PartToWrite[]
  readonly unsigned?: boolean
  readonly headers?: Readonly<Record<string, string>>
  readonly host?: string
  readonly target?: string
  readonly declaredLength?: number | 'none'
}

export const FILE: PartToWrite = { name: 'file', value: CONTENT, filename: 'example.jpg', contentType: 'image/jpeg' }
export const BOUNDARY = '----WebKitFormBoundaryZBPbaoYE2gqeB21N'

/** The policy's usual text: the bucket, the three q-* conditions, and `conditions`. */
export function policyText({ conditions = [], expiration, secretId = SECRET_ID, keyTime = KEY_TIME }: FormToPost = {}): string {
  return JSON.stringify({
    expiration: expiration ?? new Date(NOW + 1_800_000).toISOString(),
    conditions: [{ bucket: BUCKET }, ...conditions, { 'q-sign-algorithm': 'sha1' }, { 'q-ak': secretId }, { 'q-sign-time': keyTime }],
  })
}

function signatureParts(form: FormToPost): readonly PartToWrite[] {
  const { secretId = SECRET_ID, secretKey = SECRET_KEY, keyTime = KEY_TIME, policy = policyText(form) } = form
  return [
    { name: 'policy', value: encodePolicy(policy) },
    { name: 'q-sign-algorithm', value: 'sha1' },
    { name: 'q-ak', value: secretId },
    { name: 'q-key-time', value: keyTime },
    { name: 'q-signature', value: signPolicy({ secretKey, keyTime, policy }).signature },
  ]
}

/** A POST Object, framed as the official samples are. */
export function postedForm(form: FormToPost = {}): WireRequest {
  const { fields = { key: 'exampleobject' }, file = FILE, after = [], tamper = (parts) => parts } = form
  const own = Object.entries(fields).map(([name, value]): PartToWrite => ({ name, value }))
  const parts = [...own, ...(form.unsigned === true ? [] : signatureParts(form)), ...(file === null ? [] : [file]), ...after]
  return {
    method: 'POST',
    target: form.target ?? '/',
    host: form.host ?? HOST,
    headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, ...form.headers },
    body: multipartBody(BOUNDARY, tamper(parts)),
    ...(form.declaredLength !== undefined && { declaredLength: form.declaredLength }),
  }
}

/** Gives one part another value. */
export function replacing(name: string, value: string): (parts: readonly PartToWrite[]) => readonly PartToWrite[] {
  return (parts) => parts.map((part) => (part.name === name ? { ...part, value } : part))
}

export function without(name: string): (parts: readonly PartToWrite[]) => readonly PartToWrite[] {
  return (parts) => parts.filter((part) => part.name !== name)
}

/** Moves one part behind the file. */
export function behindFile(name: string): (parts: readonly PartToWrite[]) => readonly PartToWrite[] {
  return (parts) => [...without(name)(parts), ...parts.filter((part) => part.name === name)]
}

/** Base64 of the UTF-8 bytes of a text. */
export function base64(text: string): string {
  return base64OfBytes(new TextEncoder().encode(text))
}
