import type { PostForm } from '../form/post-form.ts'
import { keepLast } from '../keep-last.ts'
import { actionBucket } from '../response/action-bucket.ts'

/** What is left to look at when all other conditions of a policy hold. */
interface OpenLimits {
  readonly values: PostForm['values']
  readonly action: string
  /** Bytes, inclusive. */
  min: number
  max: number
  /** ISO 8601 in UTC with milliseconds: texts of that form are in the order of time. */
  readonly until: string
}

let last: OpenLimits | null = null

/**
 * Whether the policy that a form carries plainly admits it. `false` or an exception also for everything unusual: then protocol's reader of
 * policies, which has the last word and says why, is loaded. Most uploads do without it.
 * @param now the server's time
 */
export function plainlyAdmits({ action, values, file: { size } }: PostForm, now: Date): boolean {
  // Files of one policy differ in size alone.
  const limits = last?.values === values && last.action === action ? last : (last = readLimits(values, action))
  return !!limits && limits.min <= size && size <= limits.max && limits.until >= now.toISOString()
}

function readLimits(values: PostForm['values'], action: string): OpenLimits | null {
  const { expiration: until, conditions } = readPlainly(values.get('policy') ?? '')
  const limits: OpenLimits = { values, action, min: 0, max: Infinity, until }

  const holds = (kind: unknown, name: unknown, wanted: unknown): boolean => {
    if (kind === 'content-length-range' && isLength(name) && isLength(wanted)) {
      limits.min = Math.max(limits.min, name)
      limits.max = Math.min(limits.max, wanted)
      return true
    }
    if (typeof name !== 'string' || typeof wanted !== 'string') return false
    const field = (name.startsWith('$') ? name.slice(1) : name).toLowerCase()
    // The one condition that is called other than its field (official/post-object.txt, both tables). A custom domain may be any bucket's.
    const value = field === 'bucket' ? (actionBucket(action) ?? wanted) : values.get(field === 'q-sign-time' ? 'q-key-time' : field)
    return kind === 'eq' ? value === wanted : kind === 'starts-with' && !!value?.startsWith(wanted)
  }
  const plain =
    new Date(until).toISOString() === until &&
    conditions.length > 0 &&
    conditions.every((condition) => {
      if (Array.isArray(condition)) return condition.length === 3 && holds(condition[0], condition[1], condition[2])
      let names = 0
      if (condition instanceof Object) for (const name in condition) names += holds('eq', name, condition[name]) ? 1 : 2
      return names === 1
    })
  return plain ? limits : null
}

/** A claim: whatever is of another type throws, or is unequal, when it is looked at. */
interface PolicyClaim {
  readonly expiration: string
  readonly conditions: readonly Condition[]
}

const readPlainly = keepLast((policy: string): PolicyClaim => {
  const text = atob(policy)
  // Bytes are characters only as long as all is ASCII. Base64 has more spellings than the one that COS is known to take.
  if (/[\x80-\xff]/.test(text) || btoa(text) !== policy) throw new Error('It is not plain.')
  return JSON.parse(text)
})

type Condition = unknown[] | Readonly<Record<string, unknown>>

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
