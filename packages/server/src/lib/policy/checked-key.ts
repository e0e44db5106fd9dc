import { checkObjectKey } from '@cosdrop/protocol'
import { invalidOption } from './invalid-option.ts'

/**
 * Line ends, with which a key would never match its policy; halves of characters, which all become the same other one; and what URLs take for
 * folders: stored, the object could never be looked at.
 */
const CHANGED = /[\r\n\p{Surrogate}]|(^|\/)\.\.?(\/|$)/u

/** The key, when COS takes it. @throws {CosServerError} `rules-invalid` */
export function checkedKey(key: string): string {
  const problem = CHANGED.test(key) ? { message: 'Leave out line breaks, halves of characters, and "." and ".." as folders.' } : checkObjectKey(key)
  if (problem === null) return key
  throw invalidOption('key', `The object key cannot be used. ${problem.message}`)
}
