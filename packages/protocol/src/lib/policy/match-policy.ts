import { expandFilename } from '../expand-filename.ts'
import { parseExpiration } from './parse-policy.ts'
import type { PolicyCondition, PolicyDocument } from './policy-document.ts'

/** A form as the policy sees it. What is left out is not checked: a page does not always know the bucket. */
export interface PolicyForm {
  readonly fields: Iterable<readonly [name: string, value: string]>
  /** The bucket that the request goes to, `examplebucket-1250000000`. */
  readonly bucket?: string | undefined
  /** The `filename` of the file part; `null` when it has none. */
  readonly filename?: string | null | undefined
  /** Bytes of the file. */
  readonly fileSize?: number | null | undefined
}

type FieldCondition = Extract<PolicyCondition, { readonly field: string }>
type RangeCondition = Extract<PolicyCondition, { readonly kind: 'content-length-range' }>

/** Why a policy does not admit a form. */
export type PolicyMismatch =
  | { readonly reason: 'expired'; readonly expiration: string; readonly now: Date }
  | {
      /** `missing`: the policy names the field and the form does not send it. */
      readonly reason: 'missing' | 'different' | 'prefix'
      readonly condition: FieldCondition
      /** The form field's name: `q-key-time` for a condition on `q-sign-time`. */
      readonly field: string
      readonly expected: string
      readonly actual: string | null
    }
  | {
      readonly reason: 'too-small' | 'too-large'
      readonly condition: RangeCondition
      readonly field: 'content-length-range'
      readonly min: number
      readonly max: number
      readonly actual: number
    }

function valuesByName(form: PolicyForm): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  for (const [name, value] of form.fields) {
    const lower = name.toLowerCase()
    const final = lower === 'key' && form.filename !== undefined ? expandFilename(value, form.filename) : value
    values.set(lower, [...(values.get(lower) ?? []), final])
  }
  return values
}

function matchRange(condition: RangeCondition, size: number | null | undefined): PolicyMismatch | null {
  if (size === null || size === undefined || (size >= condition.min && size <= condition.max)) return null
  const reason = size < condition.min ? 'too-small' : 'too-large'
  return { reason, condition, field: 'content-length-range', min: condition.min, max: condition.max, actual: size }
}

function matchField(condition: FieldCondition, values: ReadonlyMap<string, readonly string[]>, bucket: string | undefined): PolicyMismatch | null {
  const name = condition.field.toLowerCase()
  if (name === 'bucket' && bucket === undefined) return null
  // The condition is called q-sign-time and the form field q-key-time (official/post-object.txt, both tables).
  const field = name === 'q-sign-time' ? 'q-key-time' : condition.field
  const sent = name === 'bucket' && bucket !== undefined ? [bucket] : (values.get(field.toLowerCase()) ?? [])
  const expected = condition.value
  const mismatch = (reason: 'missing' | 'different' | 'prefix', actual: string | null): PolicyMismatch => ({
    reason,
    condition,
    field,
    expected,
    actual,
  })
  if (sent.length === 0) return mismatch('missing', null)
  // A field sent twice must match twice: which of the two COS would take is not documented.
  for (const actual of sent) {
    if (condition.kind === 'eq' ? actual !== expected : !actual.startsWith(expected))
      return mismatch(condition.kind === 'eq' ? 'different' : 'prefix', actual)
  }
  return null
}

/**
 * The first reason, in the document's order, why the policy does not admit the form; `null` when it does. Fields that no condition names
 * are fine: COS, unlike S3, does not ask that every field be covered (facts 1.5). Names are compared without regard to case.
 * @param now checks the expiration too when given
 */
export function matchPolicy(policy: PolicyDocument, form: PolicyForm, now?: Date): PolicyMismatch | null {
  if (now !== undefined) {
    const end = parseExpiration(policy.expiration)
    if (end === null || now.getTime() > end) return { reason: 'expired', expiration: policy.expiration, now }
  }
  const values = valuesByName(form)
  for (const condition of policy.conditions) {
    const mismatch = condition.kind === 'content-length-range' ? matchRange(condition, form.fileSize) : matchField(condition, values, form.bucket)
    if (mismatch !== null) return mismatch
  }
  return null
}
