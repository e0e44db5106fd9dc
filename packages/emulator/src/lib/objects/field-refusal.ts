import { checkFieldValue, checkObjectKey, formField, type FieldProblem } from '@cosdrop/protocol'
import type { CosErrorCode } from '../errors/error-table.ts'
import { CosError } from '../errors/cos-error.ts'

/** COS's code for a value that breaks a documented limit. */
function codeOf({ field, code }: FieldProblem): CosErrorCode {
  const name = field.toLowerCase()
  if (name === 'x-cos-storage-class') return 'NotSupportedStorageClass'
  if (name === 'content-md5') return 'InvalidDigest'
  if (name.startsWith('x-cos-meta-') && code === 'too-long') return 'KeyTooLong'
  return 'InvalidArgument'
}

/** @throws {CosError} when the value breaks a limit of the documented field */
export function refuseBadValue(name: string, value: string): void {
  const problem = checkFieldValue(name, value)
  if (problem === null || problem.code === 'unknown-field') return
  const code = codeOf(problem)
  const hidden = formField(name)?.secret === true
  const shown = hidden ? 'hidden' : value
  throw new CosError(code, {
    // The wording that COS uses for a wrong ACL (facts §5); it says x-cos-acl for the form field as well.
    ...(code === 'InvalidArgument' && { message: `${name.toLowerCase() === 'acl' ? 'x-cos-acl' : name} value invalid:${shown}` }),
    explanation: { condition: `${name} keeps the documented limits.`, value: shown, fix: problem.message },
  })
}

/** @throws {CosError} KeyTooLong, InvalidObjectName */
export function refuseBadKey(key: string): void {
  const problem = checkObjectKey(key)
  if (problem === null) return
  const explanation = { condition: 'The object key keeps the rules of COS.', value: key, fix: problem.message }
  throw new CosError(problem.code === 'too-long' ? 'KeyTooLong' : 'InvalidObjectName', { explanation })
}
