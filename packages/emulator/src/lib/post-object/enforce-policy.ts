import { decodePolicyBytes, matchPolicy, parsePolicy, PolicyDocumentError, type PolicyDocument } from '@cosdrop/protocol'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { CosError } from '../errors/cos-error.ts'
import type { FormFields } from './form-fields.ts'
import { badPolicy, mismatchError } from './policy-refusal.ts'
import { NO_LIMITS, type SizeLimits } from './size-limits.ts'

const REQUIRED_CONDITIONS = ['q-sign-algorithm', 'q-ak', 'q-sign-time'] as const

/** A form whose file is about to come. */
export interface FormToCheck {
  readonly bucket: Bucket
  readonly fields: FormFields
  readonly filename: string | null
}

/** The bytes that the signature covers. @throws {CosError} InvalidPolicyDocument */
export function policyBytes(base64: string): Uint8Array {
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

/** @throws {CosError} InvalidPolicyDocument */
export function checkRequiredConditions(policy: PolicyDocument): void {
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

/** All ranges of the policy hold at once. */
export function limitsOf(policy: PolicyDocument): SizeLimits {
  const ranges = policy.conditions.filter((condition) => condition.kind === 'content-length-range')
  return { min: Math.max(0, ...ranges.map((range) => range.min)), max: Math.min(NO_LIMITS.max, ...ranges.map((range) => range.max)) }
}

/** Parses and enforces a policy. @throws {CosError} InvalidPolicyDocument, AccessDenied */
export function enforcePolicy(bytes: Uint8Array, { bucket, fields, filename }: FormToCheck, now: number): PolicyDocument {
  let policy: PolicyDocument
  try {
    policy = parsePolicy(textOf(bytes))
  } catch (error) {
    throw badPolicy(error)
  }
  const mismatch = matchPolicy(policy, { fields: fields.entries(), bucket: bucket.name, filename }, new Date(now))
  if (mismatch !== null) throw mismatchError(mismatch, now)
  return policy
}
