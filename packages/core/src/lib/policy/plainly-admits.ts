import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import type { PostForm } from '../form/post-form.ts'
import { keepLast } from '../keep-last.ts'
import { actionBucket } from '../response/action-bucket.ts'

/**
 * Whether the policy that a form carries plainly admits it. `false` or an exception also for everything unusual: then protocol's reader of
 * policies, which has the last word and says why, is loaded. Most uploads do without it.
 * @param now the server's time
 */
export function plainlyAdmits({ action, value: valueOf, file: { size } }: PostForm, now: Date): boolean {
  const { until, conditions, min, max } = readPlainly(valueOf('policy') ?? '')
  if (size < min || size > max || until < now.toISOString()) return false
  return conditions.every(({ exact, field, wanted }) => {
    // The one condition that is called other than its field (official/post-object.txt, both tables). A custom domain may be any bucket's.
    const value = field === 'bucket' ? (actionBucket(action) ?? wanted) : valueOf(field === 'q-sign-time' ? 'q-key-time' : field)
    return exact ? value === wanted : !!value?.startsWith(wanted)
  })
}

/** A policy of which nothing is unusual. */
interface PlainPolicy {
  /** ISO 8601 in UTC with milliseconds: texts of that form are in the order of time. */
  readonly until: string
  readonly conditions: { readonly exact: boolean; readonly field: string; readonly wanted: string }[]
  /** Bytes, inclusive. No more than one POST may have. */
  min: number
  max: number
}

/** A claim: whatever is of another type throws, or is not plain. */
interface PolicyClaim {
  readonly expiration: string
  readonly conditions: readonly unknown[]
}

/** @throws for everything unusual */
const readPlainly = keepLast((policy: string): PlainPolicy => {
  const text = atob(policy)
  const claim: PolicyClaim = JSON.parse(text)
  const until = claim.expiration
  const read: PlainPolicy = { until, conditions: [], min: 0, max: MAX_OBJECT_BYTES }
  const insist = (plain: boolean): void => {
    // Nobody reads it.
    if (!plain) throw new Error()
  }
  // Bytes are characters only as long as all is ASCII, and a backslash may stand for what browsers send otherwise: a line break, half an emoji.
  // Base64 has more spellings than the one that COS is known to take.
  insist(!/[\x80-\xff\\]/.test(text) && btoa(text) === policy && new Date(until).toISOString() === until && claim.conditions.length > 0)
  for (const condition of claim.conditions) {
    const parts: unknown[] = Array.isArray(condition) ? condition : ['eq', ...Object.entries(condition instanceof Object ? condition : {}).flat()]
    const [kind, name, wanted] = parts
    insist(parts.length === 3)
    if (kind === 'content-length-range' && isLength(name) && isLength(wanted)) {
      read.min = Math.max(read.min, name)
      read.max = Math.min(read.max, wanted)
    } else if ((kind === 'eq' || kind === 'starts-with') && typeof name === 'string' && typeof wanted === 'string')
      read.conditions.push({ exact: kind === 'eq', field: name.replace(/^\$/, '').toLowerCase(), wanted })
    else insist(false)
  }
  return read
})

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
