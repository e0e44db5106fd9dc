import { utf8Length } from './utf8.ts'

export interface ObjectKeyProblem {
  readonly code: 'empty' | 'too-long' | 'leading-slash' | 'control-character'
  readonly message: string
}

/** UTF-8 bytes. Facts 1.15. */
export const MAX_KEY_BYTES = 850

// CAN EM SUB ESC: the four bytes that COS forbids (facts §9, 对象概述).
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[\x18-\x1b]/

/** The documented rules for object keys; `null` when the key keeps them all. */
export function checkObjectKey(key: string): ObjectKeyProblem | null {
  if (key === '') return { code: 'empty', message: 'The object key is empty.' }
  if (/^[/\\]/.test(key)) return { code: 'leading-slash', message: `The object key starts with "${key.charAt(0)}"; COS forbids that.` }
  if (FORBIDDEN.test(key)) return { code: 'control-character', message: 'The object key contains a control character (CAN, EM, SUB or ESC).' }
  // No text takes more than three bytes for one of its UTF-16 units, so short keys need not be encoded.
  const bytes = key.length * 3 > MAX_KEY_BYTES ? utf8Length(key) : 0
  if (bytes > MAX_KEY_BYTES) return { code: 'too-long', message: `The object key takes ${bytes} bytes; COS allows ${MAX_KEY_BYTES}.` }
  return null
}
