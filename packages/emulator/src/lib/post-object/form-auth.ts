import {
  decodePolicyBytes,
  formField,
  matchPolicy,
  parseExpiration,
  parsePolicy,
  PolicyDocumentError,
  type PolicyDocument,
  type PolicyMismatch,
} from '@cosdrop/protocol'
import { parseAuthorization, requestSignature, signPolicy, timingSafeEqual, type AuthorizationParameters } from '@cosdrop/protocol/signature'
import { checkKeyTime } from '../auth/key-time-window.ts'
import { checkBucketAccess } from '../auth/permission.ts'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { FormFields } from './form-fields.ts'

/** What the policy allows for the bytes of the file, both inclusive. */
export interface SizeLimits {
  readonly min: number
  readonly max: number
}

const NO_LIMITS: SizeLimits = { min: 0, max: Number.MAX_SAFE_INTEGER }
const SIGNATURE_FIELDS = ['policy', 'q-sign-algorithm', 'q-ak', 'q-key-time', 'q-signature'] as const
const REQUIRED_CONDITIONS = ['q-sign-algorithm', 'q-ak', 'q-sign-time'] as const

function required(fields: FormFields, name: (typeof SIGNATURE_FIELDS)[number]): string {
  const value = fields.get(name)
  if (value !== null && value !== '') return value
  throw new CosError('AccessDenied', {
    // The wording that COS was seen to use for a missing signature (facts §5).
    message: `Check auth failure because ${name === 'q-signature' ? 'signature' : name} empty.`,
    explanation: {
      condition: `A signed form has ${SIGNATURE_FIELDS.join(', ')}, all before the file.`,
      value: `no ${name}`,
      fix: `Append ${name} before the file; fields after the file do not count.`,
    },
  })
}

function badPolicy(error: unknown): CosError {
  if (!(error instanceof PolicyDocumentError)) throw error
  return new CosError('InvalidPolicyDocument', {
    cause: error,
    explanation: { condition: 'policy is the Base64 of a JSON text with "expiration" and "conditions".', value: error.problem, fix: error.message },
  })
}

/** Condition as the policy writes it, without the values of secret fields. */
function showCondition(condition: PolicyDocument['conditions'][number]): string {
  if (condition.kind === 'content-length-range') return JSON.stringify([condition.kind, condition.min, condition.max])
  const value = formField(condition.field)?.secret === true ? 'hidden' : condition.value
  return JSON.stringify([condition.kind, `$${condition.field}`, value])
}

function expired(expiration: string, now: number): CosError {
  const end = Math.floor((parseExpiration(expiration) ?? 0) / 1000)
  return new CosError('AccessDenied', {
    message: `You post object request has been expired, expiration time: ${end} but the time now : ${Math.floor(now / 1000)}`,
    extra: { ServerTime: new Date(now).toISOString() },
    explanation: {
      condition: `The policy expires at ${expiration}.`,
      value: `now is ${new Date(now).toISOString()}`,
      fix: 'Sign a new policy. Write the expiration in UTC: local time with a Z is the usual cause.',
    },
  })
}

export function rangeError(code: 'EntityTooLarge' | 'EntityTooSmall', { min, max }: SizeLimits, size: number): CosError {
  const value = code === 'EntityTooLarge' ? `more than ${max} bytes` : `${size} bytes`
  return new CosError(code, {
    message: "Condition key content-length-range doesn't match the value ",
    explanation: {
      condition: `["content-length-range",${min},${max}]`,
      value,
      fix: 'Check the size of the file before it is sent, or sign a policy with another range.',
    },
  })
}

function mismatchError(mismatch: PolicyMismatch, now: number): CosError {
  if (mismatch.reason === 'expired') return expired(mismatch.expiration, now)
  if ('min' in mismatch) return rangeError(mismatch.reason === 'too-large' ? 'EntityTooLarge' : 'EntityTooSmall', mismatch, mismatch.actual)
  const { condition, expected, actual, field } = mismatch
  const isSecret = formField(field)?.secret === true
  const fix =
    mismatch.reason === 'missing'
      ? `Append the field ${field} before the file: every field that a policy names, except bucket, must be in the form.`
      : `Send a ${field} that the policy allows, or sign a policy that allows this one.`
  return new CosError('AccessDenied', {
    message: `Condition key ${condition.field} doesn't match the value ${isSecret ? 'hidden' : expected}`,
    explanation: { condition: showCondition(condition), value: actual === null || !isSecret ? actual : 'hidden', fix },
  })
}

function checkRequiredConditions(policy: PolicyDocument): void {
  const named = new Set(policy.conditions.flatMap((condition) => (condition.kind === 'content-length-range' ? [] : [condition.field.toLowerCase()])))
  const absent = REQUIRED_CONDITIONS.filter((name) => !named.has(name))
  if (absent.length === 0) return
  throw new CosError('InvalidPolicyDocument', {
    explanation: {
      condition: `The conditions name ${REQUIRED_CONDITIONS.join(', ')}: the official page marks them as required.`,
      value: `no ${absent.join(', ')}`,
      fix: `Add {"${absent[0]}": …} to the conditions.`,
    },
  })
}

function limitsOf(policy: PolicyDocument): SizeLimits {
  const ranges = policy.conditions.filter((condition) => condition.kind === 'content-length-range')
  return { min: Math.max(0, ...ranges.map((range) => range.min)), max: Math.min(NO_LIMITS.max, ...ranges.map((range) => range.max)) }
}

interface FormToCheck {
  readonly bucket: Bucket
  readonly fields: FormFields
  readonly filename: string | null
}

/** Parses and enforces a policy. @throws {CosError} InvalidPolicyDocument, AccessDenied */
function enforcePolicy(text: string, { bucket, fields, filename }: FormToCheck, now: number): PolicyDocument {
  let policy: PolicyDocument
  try {
    policy = parsePolicy(text)
  } catch (error) {
    throw badPolicy(error)
  }
  const mismatch = matchPolicy(policy, { fields: fields.entries(), bucket: bucket.name, filename }, new Date(now))
  if (mismatch !== null) throw mismatchError(mismatch, now)
  return policy
}

function policyBytes(base64: string): Uint8Array {
  try {
    return decodePolicyBytes(base64)
  } catch (error) {
    throw badPolicy(error)
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw badPolicy(new PolicyDocumentError('not-json', 'The policy is not UTF-8 text.', { cause }))
  }
}

function tokenOf(exchange: Exchange, fields: FormFields): string | null {
  return fields.get('x-cos-security-token') ?? exchange.header('x-cos-security-token')
}

/** `official/post-object.txt`, "Signature protection": the signature covers the decoded bytes of the policy. */
function byPolicy(exchange: Exchange, form: FormToCheck): SizeLimits {
  const { fields } = form
  const [policy, algorithm, secretId, keyTime, signature] = [
    required(fields, 'policy'),
    required(fields, 'q-sign-algorithm'),
    required(fields, 'q-ak'),
    required(fields, 'q-key-time'),
    required(fields, 'q-signature'),
  ]
  if (algorithm !== 'sha1') {
    const explanation = { condition: 'q-sign-algorithm is sha1.', value: algorithm, fix: 'Send q-sign-algorithm=sha1.' }
    throw new CosError('InvalidArgument', { message: `q-sign-algorithm value invalid:${algorithm}`, explanation })
  }
  const bytes = policyBytes(policy)
  const secretKey = exchange.service.credentials.secretKeyOf(secretId, tokenOf(exchange, fields), exchange.now())
  if (!timingSafeEqual(signPolicy({ secretKey, keyTime, policy: bytes }).signature, signature)) {
    throw new CosError('SignatureDoesNotMatch', {
      explanation: {
        condition: 'q-signature is the signature of the policy in the form, for q-key-time, by the SecretKey of q-ak.',
        value: 'another signature',
        fix: 'Sign the very bytes that are sent: build the JSON once, sign it, and send the Base64 of the same text. Check that q-key-time is the one that was signed.',
      },
    })
  }
  exchange.caller = { kind: 'signed', secretId }
  const document = enforcePolicy(textOf(bytes), form, exchange.now())
  checkRequiredConditions(document)
  checkKeyTime('q-key-time', keyTime, exchange.now())
  return limitsOf(document)
}

function signs(exchange: Exchange, fields: FormFields, given: AuthorizationParameters, secretKey: string): boolean {
  const headers = [...exchange.request.headers].filter(([name]) => name !== 'host')
  const asHeaders = [...headers, ['host', exchange.request.host] as const]
  // The web SDK signs the path /; the Android SDK signs the form's fields in the place of headers (facts §2).
  for (const path of new Set(['/', exchange.address.path])) {
    for (const pairs of [asHeaders, fields.entries()]) {
      const { urlParamList, headerList, keyTime } = given
      const request = { secretKey, keyTime, method: 'post', path, params: exchange.address.params, headers: pairs, urlParamList, headerList }
      if (timingSafeEqual(requestSignature(request).signature, given.signature)) return true
    }
  }
  return false
}

/** The second documented way: a standard signature in the field `Signature`, no policy needed (facts §2). */
function bySignatureField(exchange: Exchange, form: FormToCheck, value: string): SizeLimits {
  const given = parseAuthorization(value)
  if (given === null) {
    const explanation = {
      condition: 'Signature holds q-sign-algorithm=sha1&q-ak=…&q-signature=….',
      value: null,
      fix: 'Send the whole Authorization text.',
    }
    throw new CosError('InvalidArgument', { message: 'Signature value invalid', explanation })
  }
  const secretKey = exchange.service.credentials.secretKeyOf(given.secretId, tokenOf(exchange, form.fields), exchange.now())
  if (!signs(exchange, form.fields, given, secretKey)) {
    throw new CosError('SignatureDoesNotMatch', {
      explanation: {
        condition: 'Signature is the standard signature of method post and path /.',
        value: 'another signature',
        fix: 'Sign method post and path /, with the headers and parameters that the lists name.',
      },
    })
  }
  checkKeyTime('q-sign-time', given.signTime, exchange.now())
  checkKeyTime('q-key-time', given.keyTime, exchange.now())
  exchange.caller = { kind: 'signed', secretId: given.secretId }
  const policy = form.fields.get('policy')
  return policy === null || policy === '' ? NO_LIMITS : limitsOf(enforcePolicy(textOf(policyBytes(policy)), form, exchange.now()))
}

/**
 * Who sent the form, and whether the policy admits it. Anonymous forms are for public-read-write buckets.
 * @throws {CosError}
 */
export function authorizeForm(exchange: Exchange, form: FormToCheck): SizeLimits {
  const { fields, bucket } = form
  if (SIGNATURE_FIELDS.some((name) => name !== 'policy' && fields.get(name))) return byPolicy(exchange, form)
  const signature = fields.get('Signature')
  if (signature) return bySignatureField(exchange, form, signature)
  const policy = fields.get('policy')
  // A policy without any signature is a mistake in the form, whatever the bucket: say so rather than "Access Denied."
  if (policy) return byPolicy(exchange, form)
  checkBucketAccess(exchange.caller, bucket, 'write')
  return NO_LIMITS
}
