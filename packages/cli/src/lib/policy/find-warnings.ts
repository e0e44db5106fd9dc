import { formField, MAX_OBJECT_BYTES, OBJECT_ACLS, type PolicyCondition } from '@cosdrop/protocol'
import type { FieldPermit, PolicyExplanation } from './explain-policy.ts'
import { strictestConditions } from './strictest-conditions.ts'

/** Why a policy may permit more, or less, than was meant. `danger`: visitors can do what nobody wanted, or nothing at all works. */
export type PolicyWarning =
  | { readonly severity: 'danger'; readonly code: 'expired'; readonly seconds: number }
  | { readonly severity: 'danger'; readonly code: 'time-without-zone' }
  /** The two ends are whole hours apart: local time was written with a Z. */
  | { readonly severity: 'danger'; readonly code: 'local-time'; readonly hours: number }
  | { readonly severity: 'caution'; readonly code: 'ends-differ'; readonly seconds: number }
  | { readonly severity: 'caution'; readonly code: 'long-life'; readonly seconds: number }
  | { readonly severity: 'danger'; readonly code: 'no-size-range' }
  | { readonly severity: 'caution'; readonly code: 'size-over-limit'; readonly max: number }
  | { readonly severity: 'danger'; readonly code: 'any-bucket' }
  | { readonly severity: 'danger'; readonly code: 'any-key' }
  | { readonly severity: 'danger'; readonly code: 'no-signature-conditions'; readonly fields: readonly string[] }
  /** COS accepts a field that no condition names, with any value. */
  | { readonly severity: 'danger' | 'caution'; readonly code: 'unpinned'; readonly fields: readonly string[] }
  /** A prefix condition so short that it limits nothing that matters. */
  | { readonly severity: 'danger'; readonly code: 'open-prefix'; readonly field: string; readonly value: string }
  | { readonly severity: 'caution'; readonly code: 'public-object'; readonly value: string }
  | { readonly severity: 'caution'; readonly code: 'active-content'; readonly value: string }
  | { readonly severity: 'caution'; readonly code: 'unknown-field'; readonly field: string }
  | { readonly severity: 'danger'; readonly code: 'contradiction'; readonly field: string }

/** 15 to 30 minutes is Tencent's advice; an hour is still within reason. */
const LONG_LIFE = 3600
const DEMANDED = ['q-sign-algorithm', 'q-ak', 'q-sign-time']

/** Fields whose free choice does harm: who may read, where the visitor is sent, what a browser would run. */
const DANGEROUS = [
  'acl',
  'x-cos-grant-read',
  'x-cos-grant-read-acp',
  'x-cos-grant-write-acp',
  'x-cos-grant-full-control',
  'success_action_redirect',
  'Content-Type',
]
/** Fields whose free choice costs money or says how the object is kept. */
const COSTLY = ['x-cos-storage-class', 'x-cos-server-side-encryption', 'x-cos-server-side-encryption-customer-algorithm']
/** Types that a browser runs, or shows as a page of the bucket's domain; or looks into, and takes what looks like a page for one (MIME Sniffing, 7). */
const ACTIVE = [
  'text/html',
  'text/xml',
  'text/xsl',
  'text/javascript',
  'text/ecmascript',
  'text/css',
  'application/xhtml+xml',
  'application/xml',
  'application/javascript',
  'application/x-javascript',
  'application/ecmascript',
  'application/unknown',
  'unknown/unknown',
  'image/svg+xml',
]

type Explained = Omit<PolicyExplanation, 'warnings'>

function timeWarnings({ expiresAt, secondsLeft, keyTime }: Explained): readonly PolicyWarning[] {
  const found: PolicyWarning[] = []
  if (secondsLeft === null) found.push({ severity: 'danger', code: 'time-without-zone' })
  else if (secondsLeft < 0) found.push({ severity: 'danger', code: 'expired', seconds: -secondsLeft })
  if (keyTime !== null && expiresAt !== null) {
    const apart = Math.round(expiresAt / 1000) - keyTime.end
    const hours = Math.round(apart / 1800) / 2
    // Zones differ by halves of an hour, and no two clocks of one server by more than seconds.
    if (Math.abs(hours) >= 1 && Math.abs(hours) <= 14 && Math.abs(apart - hours * 3600) <= 5)
      found.push({ severity: 'danger', code: 'local-time', hours })
    else if (Math.abs(apart) > 5) found.push({ severity: 'caution', code: 'ends-differ', seconds: apart })
  }
  const life = keyTime === null ? secondsLeft : keyTime.end - keyTime.start
  if (life !== null && life > LONG_LIFE) found.push({ severity: 'caution', code: 'long-life', seconds: life })
  return found
}

function isEmptyPrefix(permit: FieldPermit | null): boolean {
  return permit === null || (permit.kind === 'prefix' && permit.value === '')
}

/** The first active type that the condition lets through; parameters such as a charset change nothing. */
function activeType({ kind, value }: FieldPermit): string | null {
  const type = value.toLowerCase()
  if (kind === 'prefix') return ACTIVE.find((active) => active.startsWith(type) || type.startsWith(active)) ?? null
  const plain = type.replace(/;.*/, '').trim()
  return ACTIVE.includes(plain) || plain.endsWith('+xml') ? plain : null
}

function valueWarnings(permit: FieldPermit): readonly PolicyWarning[] {
  const { kind, field, value } = permit
  const open: readonly PolicyWarning[] = kind === 'prefix' ? [{ severity: 'danger', code: 'open-prefix', field, value }] : []
  switch (field.toLowerCase()) {
    case 'acl': {
      if (value === '') return open
      const admitted = kind === 'prefix' ? OBJECT_ACLS.filter((acl) => acl.startsWith(value)) : [value]
      const shared = admitted.find((acl) => /^(?:public|authenticated)-/.test(acl))
      return shared === undefined ? [] : [{ severity: 'caution', code: 'public-object', value: shared }]
    }
    case 'success_action_redirect':
      // Held only by a prefix that ends its host: "https://good.example" also starts "https://good.example.evil".
      return /^https?:\/\/[^/?#]+[/?#]/.test(value) ? [] : open
    case 'content-type': {
      if (value === '') return open
      const active = activeType(permit)
      return active === null ? [] : [{ severity: 'caution', code: 'active-content', value: active }]
    }
    default:
      return []
  }
}

function fieldWarnings(fields: readonly FieldPermit[]): readonly PolicyWarning[] {
  const found: PolicyWarning[] = []
  const named = new Set(fields.map(({ field }) => field.toLowerCase()))
  const unpinned = (names: readonly string[]): readonly string[] => names.filter((name) => !named.has(name.toLowerCase()))
  const [dangerous, costly] = [unpinned(DANGEROUS), unpinned(COSTLY)]
  if (dangerous.length > 0) found.push({ severity: 'danger', code: 'unpinned', fields: dangerous })
  if (costly.length > 0) found.push({ severity: 'caution', code: 'unpinned', fields: costly })
  for (const permit of fields) {
    found.push(...valueWarnings(permit))
    if (formField(permit.field) === null) found.push({ severity: 'caution', code: 'unknown-field', field: permit.field })
  }
  return found
}

function contradictions(size: Explained['size'], conditions: readonly PolicyCondition[]): readonly PolicyWarning[] {
  const strictest = strictestConditions(conditions)
  const clash = conditions.find((condition) => {
    if (condition.kind === 'content-length-range') return size !== null && size.min > size.max
    const { value = '' } = strictest.get(condition.field.toLowerCase()) ?? {}
    return condition.kind === 'eq' ? value !== condition.value : !value.startsWith(condition.value)
  })
  if (clash === undefined) return []
  return [{ severity: 'danger', code: 'contradiction', field: clash.kind === 'content-length-range' ? clash.kind : clash.field }]
}

/** All that a careful reader would say about a policy, the worst of each kind first. */
export function findWarnings(explained: Explained, conditions: readonly PolicyCondition[]): readonly PolicyWarning[] {
  const { bucket, key, size, fields } = explained
  const names = new Set(conditions.flatMap((condition) => (condition.kind === 'content-length-range' ? [] : [condition.field.toLowerCase()])))
  const undemanded = DEMANDED.filter((name) => !names.has(name))
  return [
    ...timeWarnings(explained),
    ...(bucket === null ? [{ severity: 'danger', code: 'any-bucket' } as const] : []),
    ...(isEmptyPrefix(key) ? [{ severity: 'danger', code: 'any-key' } as const] : []),
    ...(size === null ? [{ severity: 'danger', code: 'no-size-range' } as const] : []),
    ...(size !== null && size.max > MAX_OBJECT_BYTES ? [{ severity: 'caution', code: 'size-over-limit', max: size.max } as const] : []),
    ...(undemanded.length > 0 ? [{ severity: 'danger', code: 'no-signature-conditions', fields: undemanded } as const] : []),
    ...fieldWarnings(fields),
    ...contradictions(size, conditions),
  ]
}
