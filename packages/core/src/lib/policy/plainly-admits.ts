import type { PostForm } from '../form/post-form.ts'
import { keepLast } from '../keep-last.ts'
import { actionBucket } from '../response/action-bucket.ts'

/**
 * Whether the policy that a form carries plainly admits it. `false` or an exception also for everything unusual: then protocol's reader of
 * policies, which has the last word and says why, is loaded. Most uploads do without it.
 * @param now the server's time
 */
export function plainlyAdmits({ action, values, file: { size } }: PostForm, now: Date): boolean {
  const { expiration, conditions } = readPlainly(values.get('policy') ?? '')

  const holds = (kind: unknown, name: unknown, wanted: unknown): boolean => {
    if (kind === 'content-length-range') return isLength(name) && name <= size && isLength(wanted) && size <= wanted
    if (typeof name !== 'string' || typeof wanted !== 'string') return false
    const field = (name.startsWith('$') ? name.slice(1) : name).toLowerCase()
    // The one condition that is called other than its field (official/post-object.txt, both tables). A custom domain may be any bucket's.
    const value = field === 'bucket' ? (actionBucket(action) ?? wanted) : values.get(field === 'q-sign-time' ? 'q-key-time' : field)
    return kind === 'eq' ? value === wanted : kind === 'starts-with' && !!value?.startsWith(wanted)
  }
  return (
    // Only ISO 8601 in UTC with milliseconds; texts of that form are in the order of time.
    new Date(expiration).toISOString() === expiration &&
    expiration >= now.toISOString() &&
    conditions.length > 0 &&
    conditions.every((condition) => {
      if (Array.isArray(condition)) return condition.length === 3 && holds(condition[0], condition[1], condition[2])
      let names = 0
      if (condition instanceof Object) for (const name in condition) names += holds('eq', name, condition[name]) ? 1 : 2
      return names === 1
    })
  )
}

/** A claim: whatever is of another type throws, or is unequal, when it is looked at. */
interface PolicyClaim {
  readonly expiration: string
  readonly conditions: readonly Condition[]
}

const readPlainly = keepLast((policy): PolicyClaim => {
  const text = atob(policy)
  // Bytes are characters only as long as all is ASCII. Base64 has more spellings than the one that COS is known to take.
  if (/[\x80-\xff]/.test(text) || btoa(text) !== policy) throw new Error('It is not plain.')
  return JSON.parse(text)
})

type Condition = unknown[] | Readonly<Record<string, unknown>>

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
