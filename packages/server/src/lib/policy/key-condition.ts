import { FILENAME_WILDCARD, checkObjectKey } from '@cosdrop/protocol'
import { CosServerError } from '../server-error.ts'

/**
 * The policy's condition on the key, as JSON. COS puts the file's name for `${filename}` before it checks the policy, so a key with it can
 * only be limited by the part before (`official/post-object.txt`, table "Form fields that can be limited").
 * @throws {CosServerError} `rules-invalid` when COS would refuse the key
 */
export function keyCondition(key: string): string {
  const problem = checkObjectKey(key)
  if (problem !== null) throw new CosServerError('rules-invalid', `The object key cannot be used. ${problem.message}`, { field: 'key' })
  const at = key.indexOf(FILENAME_WILDCARD)
  return JSON.stringify(at < 0 ? { key } : ['starts-with', '$key', key.slice(0, at)])
}
