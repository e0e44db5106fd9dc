import { expandFilename } from '@cosdrop/protocol'
import { isRecord } from '../endpoint/post-json.ts'
import type { PostForm } from '../form/post-form.ts'
import { wireFilename } from '../form/wire-filename.ts'
import { actionBucket } from '../response/object-url.ts'

const ISO_IN_UTC = /^\d{4}(-\d\d){2}T\d\d(:\d\d){2}(\.\d{1,9})?Z$/

/**
 * Whether the policy that a form carries plainly admits it. `false` also for everything unusual: then protocol's reader of policies, which has
 * the last word and says why, is loaded. Most uploads do without it.
 * @param policy the form field, Base64
 * @param now the server's time
 */
export function plainlyAdmits(policy: string, { fields, filename, file, action }: PostForm, now: Date): boolean {
  const document = parse(policy)
  if (!isRecord(document)) return false
  const { expiration, conditions } = document
  if (typeof expiration !== 'string' || !ISO_IN_UTC.test(expiration) || !(Date.parse(expiration) >= now.getTime())) return false
  if (!Array.isArray(conditions) || conditions.length === 0) return false

  const values = new Map(fields.map(([name, value]) => [name.toLowerCase(), value]))
  const key = values.get('key')
  const keyTime = values.get('q-key-time')
  if (key !== undefined) values.set('key', expandFilename(key, wireFilename(filename)))
  // The one condition that is called other than its field (official/post-object.txt, both tables).
  values.delete('q-sign-time')
  if (keyTime !== undefined) values.set('q-sign-time', keyTime)
  values.set('bucket', actionBucket(action) ?? '')

  return conditions.every((condition: unknown) => {
    if (!Array.isArray(condition)) {
      const [entry, ...others] = Object.entries(isRecord(condition) ? condition : {})
      return entry !== undefined && others.length === 0 && values.get(entry[0].toLowerCase()) === entry[1]
    }
    const [kind, first, second]: readonly unknown[] = condition
    if (condition.length !== 3) return false
    if (kind === 'content-length-range')
      return Number.isInteger(first) && Number.isInteger(second) && file.size >= Number(first) && file.size <= Number(second)
    if (typeof first !== 'string' || typeof second !== 'string' || !first.startsWith('$')) return false
    const value = values.get(first.slice(1).toLowerCase())
    return value !== undefined && (kind === 'eq' ? value === second : kind === 'starts-with' && value.startsWith(second))
  })
}

function parse(policy: string): unknown {
  try {
    const text = atob(policy)
    // Bytes are characters only as long as all is ASCII.
    return /[\u0080-\uffff]/.test(text) ? null : JSON.parse(text)
  } catch {
    return null
  }
}
