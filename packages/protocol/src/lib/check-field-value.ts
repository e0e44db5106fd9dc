import { bytesOfBase64 } from './base64.ts'
import { formField, isMetadataField } from './form-field.ts'
import { isHttpUrl } from './http-url.ts'
import { checkObjectKey } from './object-key.ts'
import { utf8Length } from './utf8.ts'

export interface FieldProblem {
  readonly code: 'unknown-field' | 'bad-name' | 'bad-value' | 'out-of-range' | 'too-long'
  readonly field: string
  readonly message: string
}

// Accounts and sub-accounts, as https://cloud.tencent.com/document/product/436/7748 writes them, and as the pages of COS's SDKs do.
const GRANTEES = /^(id="(\d+(\/\d+)?|qcs::cam:(:uin\/\d+){2})"(,\s*(?=i)|$))+$/
const DIGITS = /^\d{1,15}$/

function isBase64Of(value: string, bytes: number): boolean {
  return bytesOfBase64(value)?.length === bytes
}

/** Rules that a table of types and ranges cannot say. Returns what the value should be, or `null` when it is. */
function expectedForm(name: string, value: string): string | null {
  switch (name) {
    case 'content-md5':
    case 'x-cos-server-side-encryption-customer-key-md5':
      return isBase64Of(value, 16) ? null : 'the Base64 of a 16-byte MD5 digest'
    case 'x-cos-server-side-encryption-customer-key':
      return isBase64Of(value, 32) ? null : 'the Base64 of a 32-byte key'
    case 'x-cos-server-side-encryption-context':
      return isJsonObject(value) ? null : 'the Base64 of a JSON object of strings'
    case 'x-cos-grant-read':
    case 'x-cos-grant-read-acp':
    case 'x-cos-grant-write-acp':
    case 'x-cos-grant-full-control':
      return GRANTEES.test(value) ? null : 'id="<OwnerUin>", several separated by commas'
    case 'success_action_redirect':
      return isHttpUrl(value) ? null : 'an absolute http or https URL without control characters'
    default:
      return null
  }
}

function isJsonObject(base64: string): boolean {
  const bytes = bytesOfBase64(base64)
  if (bytes === null) return false
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return value instanceof Object && !Array.isArray(value) && Object.values(value).every((part) => typeof part === 'string')
  } catch {
    return false
  }
}

/**
 * Checks one field against the limits of `official/post-object.txt` and facts 1.15. `null` when nothing is wrong. An empty value counts
 * as "not given" for enumerations and integers: the page says so for `acl`, and COS's own demos send empty fields. The message never
 * contains the value of a secret field.
 */
export function checkFieldValue(name: string, value: string): FieldProblem | null {
  const field = formField(name)
  const problem = (code: FieldProblem['code'], message: string): FieldProblem => ({ code, field: name, message })
  if (field === null) return problem('unknown-field', `COS documents no form field "${name}".`)
  const shown = field.secret ? 'The value' : `"${value}"`
  if (isMetadataField(name) && name.includes('_')) {
    return problem('bad-name', `The suffix of "${name}" contains an underscore; COS allows minus signs only.`)
  }
  if (field.name === 'key') {
    const wrong = checkObjectKey(value)
    return wrong === null ? null : problem(wrong.code === 'too-long' ? 'too-long' : 'bad-value', wrong.message)
  }
  // Only metadata are left, of which the name counts too.
  const bytes = utf8Length(name) + utf8Length(value)
  if (field.maxBytes !== undefined && bytes > field.maxBytes) {
    return problem('too-long', `"${name}" takes ${bytes} bytes; COS allows ${field.maxBytes}.`)
  }
  if (value === '') return null
  if (field.values !== undefined && !field.values.includes(value)) {
    return problem('bad-value', `${shown} is not allowed for "${name}"; COS knows ${field.values.join(', ')}.`)
  }
  if (field.min !== undefined && field.max !== undefined) {
    if (!DIGITS.test(value) || Number(value) < field.min || Number(value) > field.max) {
      return problem('out-of-range', `${shown} is not allowed for "${name}"; it is a whole number from ${field.min} to ${field.max}.`)
    }
  }
  const expected = expectedForm(field.name.toLowerCase(), value)
  return expected === null ? null : problem('bad-value', `${shown} is not allowed for "${name}"; it must be ${expected}.`)
}
