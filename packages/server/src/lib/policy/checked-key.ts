import { checkObjectKey } from '@cosdrop/protocol'
import { invalidOption } from './invalid-option.ts'

/** The key, when COS takes it. @throws {CosServerError} `rules-invalid` */
export function checkedKey(key: string): string {
  const problem = /[\r\n]/.test(key) ? { message: 'Forms change line ends on their way, so it would never match its policy.' } : checkObjectKey(key)
  if (problem === null) return key
  throw invalidOption('key', `The object key cannot be used. ${problem.message}`)
}
