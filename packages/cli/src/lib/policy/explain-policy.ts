import { formField, parseExpiration, parseKeyTime, type KeyTime, type PolicyDocument } from '@cosdrop/protocol'
import { findWarnings, type PolicyWarning } from './find-warnings.ts'
import { admittedSizes, strictestConditions, type FieldCondition } from './strictest-conditions.ts'

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
  /** All other limits, in the order of the document, one of each field. */
  readonly fields: readonly FieldPermit[]
  readonly warnings: readonly PolicyWarning[]
}

const APART = new Set(['bucket', 'key', 'q-sign-algorithm', 'q-ak', 'q-sign-time'])

function permit({ kind, field, value }: FieldCondition): FieldPermit {
  return { kind: kind === 'eq' ? 'fixed' : 'prefix', field, value: formField(field)?.secret && value !== '' ? '[secret]' : value }
}

/** Reads a policy the way COS does. @param now milliseconds since 1970 */
export function explainPolicy({ expiration, conditions }: PolicyDocument, now: number): PolicyExplanation {
  const permits = Array.from(strictestConditions(conditions).values(), permit)
  const find = (name: string): FieldPermit | null => permits.find(({ field }) => field.toLowerCase() === name) ?? null
  // A beginning names nothing: an empty one is that of every bucket.
  const named = (name: string): string | null => permits.find(({ kind, field }) => kind === 'fixed' && field.toLowerCase() === name)?.value ?? null
  const expiresAt = parseExpiration(expiration)
  const signTime = find('q-sign-time')
  const explanation = {
    expiration,
    expiresAt,
    secondsLeft: expiresAt === null ? null : Math.round((expiresAt - now) / 1000),
    bucket: named('bucket'),
    key: find('key'),
    size: admittedSizes(conditions),
    secretId: named('q-ak'),
    keyTime: signTime === null ? null : parseKeyTime(signTime.value),
    fields: permits.filter(({ field }) => !APART.has(field.toLowerCase())),
  }
  return { ...explanation, warnings: findWarnings(explanation, conditions) }
}
