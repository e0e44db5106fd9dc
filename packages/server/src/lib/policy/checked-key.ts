import { checkObjectKey } from '@cosdrop/protocol'
import { invalidOption } from './invalid-option.ts'

/** Line ends, with which a key would never match its policy; and what URLs take for folders: stored, the object could never be looked at. */
const CHANGED = /[\r\n]|(^|\/)\.\.?(\/|$)/

/** The key, when COS takes it. @throws {CosServerError} `rules-invalid` */
export function checkedKey(key: string): string {
  const problem = CHANGED.test(key) ? { message: 'Forms change line ends, and URLs "." and ".." as folders.' } : checkObjectKey(key)
  if (problem === null) return key
  throw invalidOption('key', `The object key cannot be used. ${problem.message}`)
}
