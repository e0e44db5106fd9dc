import { formField, isMetadataField, parseExpiration, parseKeyTime, type KeyTime, type PolicyCondition } from '@cosdrop/protocol'
import { findWarnings, type PolicyWarning } from './find-warnings.ts'
import type { PolicyInput } from './read-policy-input.ts'

/** What a policy lets a form do with one field; the value of a secret one is not shown. */
export type FieldPermit =
  | { readonly kind: 'fixed'; readonly field: string; readonly value: string }
  | { readonly kind: 'prefix'; readonly field: string; readonly value: string }

/** A policy in the order in which a reader asks about it. */
export interface PolicyExplanation {
  readonly expiration: string
  /** Milliseconds since 1970; `null` when the text names no zone. */
  readonly expiresAt: number | null
  /** Seconds until then, negative when it is over. */
  readonly secondsLeft: number | null
  readonly bucket: string | null
  readonly key: FieldPermit | null
  /** Bytes, both inclusive. */
  readonly size: { readonly min: number; readonly max: number } | null
  readonly secretId: string | null
  readonly keyTime: KeyTime | null
  /** All other limits, in the order of the document. */
  readonly fields: readonly FieldPermit[]
  readonly warnings: readonly PolicyWarning[]
}

const APART = new Set(['bucket', 'key', 'q-sign-algorithm', 'q-ak', 'q-sign-time'])

function permit(condition: PolicyCondition): FieldPermit | null {
  if (condition.kind === 'content-length-range') return null
  const known = formField(condition.field)
  const field = known === null || isMetadataField(condition.field) ? condition.field : known.name
  const value = known?.secret && condition.value !== '' ? '[secret]' : condition.value
  return { kind: condition.kind === 'eq' ? 'fixed' : 'prefix', field, value }
}

/** Reads a policy the way COS does. @param now milliseconds since 1970 */
export function explainPolicy(input: PolicyInput, now: number): PolicyExplanation {
  const { expiration, conditions } = input.document
  const permits = conditions.map(permit).filter((found) => found !== null)
  const find = (name: string): FieldPermit | null => permits.find(({ field }) => field.toLowerCase() === name) ?? null
  // A beginning names nothing: an empty one is that of every bucket.
  const named = (name: string): string | null => permits.find(({ kind, field }) => kind === 'fixed' && field.toLowerCase() === name)?.value ?? null
  const range = conditions.find((condition) => condition.kind === 'content-length-range')
  const expiresAt = input.zoned ? parseExpiration(expiration) : null
  const signTime = find('q-sign-time')
  const explanation = {
    expiration,
    expiresAt,
    secondsLeft: expiresAt === null ? null : Math.round((expiresAt - now) / 1000),
    bucket: named('bucket'),
    key: find('key'),
    size: range === undefined ? null : { min: range.min, max: range.max },
    secretId: named('q-ak'),
    keyTime: signTime === null ? null : parseKeyTime(signTime.value),
    fields: permits.filter(({ field }) => !APART.has(field.toLowerCase())),
  }
  return { ...explanation, warnings: findWarnings(explanation, conditions) }
}
