import type { PostForm } from '../form/post-form.ts'
import { actionBucket } from '../response/action-bucket.ts'

/**
 * Whether the policy that a form carries plainly admits it. `false` or an exception also for everything unusual: then protocol's reader of
 * policies, which has the last word and says why, is loaded. Most uploads do without it.
 * @param values the form's fields by name in lower case, with the key as COS will use it
 * @param now the server's time
 */
export function plainlyAdmits(values: ReadonlyMap<string, string>, { action, file: { size } }: PostForm, now: Date): boolean {
  const policy = values.get('policy') ?? ''
  const text = atob(policy)
  // Bytes are characters only as long as all is ASCII. Base64 has more spellings than the one that COS is known to take.
  if (/\P{ASCII}/u.test(text) || btoa(text) !== policy) return false
  // A claim: whatever is of another type throws, or is unequal.
  const { expiration, conditions }: { readonly expiration: string; readonly conditions: readonly unknown[] } = JSON.parse(text)
  return (
    // Only ISO 8601 in UTC with milliseconds; texts of that form are in the order of time.
    new Date(expiration).toISOString() === expiration &&
    expiration >= now.toISOString() &&
    conditions.length > 0 &&
    conditions.every((condition) => {
      const parts: readonly unknown[] = Array.isArray(condition)
        ? condition
        : condition instanceof Object
          ? ['eq', ...Object.entries(condition).flat()]
          : []
      const [kind, first, second] = parts
      if (parts.length !== 3) return false
      if (kind === 'content-length-range') return isLength(first) && first <= size && isLength(second) && size <= second
      if (typeof first !== 'string' || typeof second !== 'string') return false
      const name = first.replace(/^\$/, '').toLowerCase()
      // The one condition that is called other than its field (official/post-object.txt, both tables). A custom domain may be any bucket's.
      const value = name === 'bucket' ? (actionBucket(action) ?? second) : values.get(name === 'q-sign-time' ? 'q-key-time' : name)
      return kind === 'eq' ? value === second : kind === 'starts-with' && value?.startsWith(second)
    })
  )
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
