import { formField, parseExpiration, PolicyDocumentError, type PolicyCondition, type PolicyMismatch } from '@cosdrop/protocol'
import { CosError } from '../errors/cos-error.ts'
import type { SizeLimits } from './size-limits.ts'

/** @throws the error itself when it is of another kind */
export function badPolicy(error: unknown): CosError {
  if (!(error instanceof PolicyDocumentError)) throw error
  return new CosError('InvalidPolicyDocument', {
    cause: error,
    explanation: { condition: 'policy is the Base64 of a JSON text with "expiration" and "conditions".', value: error.problem, fix: error.message },
  })
}

/** Condition as the policy writes it, without the values of secret fields. */
function showCondition(condition: PolicyCondition): string {
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

/** The file is outside of the policy's content-length-range. */
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

/** The documented refusals, in the words of COS's own guide (facts §5). */
export function mismatchError(mismatch: PolicyMismatch, now: number): CosError {
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
