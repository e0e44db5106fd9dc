import {
  MAX_OBJECT_BYTES,
  decodePolicy,
  formField as describeField,
  matchPolicy,
  parsePolicy,
  PolicyDocumentError,
  type PolicyDocument,
  type PolicyMismatch,
} from '@cosdrop/protocol'
import type { PostForm } from '../form/post-form.ts'
import { wireFilename } from '../form/wire-filename.ts'
import { actionBucket } from '../response/action-bucket.ts'
import { CosUploadError, type AnyUploadError } from '../upload-error.ts'
import { policyMalformed } from './explain-policy.ts'
import { policyExpired } from './policy-expired.ts'

/**
 * Matches a form against its policy with protocol's matcher.
 * @param now the server's time
 * @returns `policy-mismatch` with field, condition and value, `policy-expired`, `policy-malformed`, or `null` when all is well or it carries none
 */
export function explainMismatch(form: PostForm, now: Date): AnyUploadError | null {
  const { fields, value, filename, file, action } = form
  const encoded = value('policy')
  if (file.size > MAX_OBJECT_BYTES) return tooLarge(file.size)
  if (encoded === undefined) return null
  let policy: PolicyDocument
  try {
    policy = parsePolicy(decodePolicy(encoded))
  } catch (cause) {
    if (!(cause instanceof PolicyDocumentError)) throw cause
    return policyMalformed(`the field "policy" is wrong (${cause.message.slice(0, -1)})`, null, null, cause)
  }
  const bucket = actionBucket(action) ?? undefined
  const mismatch = matchPolicy(policy, { fields, bucket, filename: wireFilename(filename), fileSize: file.size }, now)
  return mismatch && mismatchError(mismatch)
}

function tooLarge(size: number): AnyUploadError {
  const field = 'content-length-range'
  const text = `The file has ${size} bytes, and storage takes ${MAX_OBJECT_BYTES} (5 GB) in one POST. Nothing was sent. Choose another file.`
  return new CosUploadError('policy-mismatch', text, { field, condition: field, expected: `0 to ${MAX_OBJECT_BYTES} bytes`, actual: String(size) })
}

function mismatchError(mismatch: PolicyMismatch): AnyUploadError {
  if (mismatch.reason === 'expired') return policyExpired(mismatch.expiration)
  const { condition, field } = mismatch
  // A token or a customer key: which field is wrong helps, its value helps nobody honest.
  const shown = (value: string): string => (describeField(field)?.secret === true ? '[redacted]' : value)
  const expected = condition.kind === 'content-length-range' ? `${condition.min} to ${condition.max} bytes` : shown(condition.value)
  const actual = mismatch.actual === null ? null : shown(String(mismatch.actual))
  const text = `The form breaks its own policy. "${field}" is ${actual === null ? 'missing' : `"${actual}"`}, and the policy asks for ${condition.kind} "${expected}". Nothing was sent. Make the policy endpoint's fields and conditions agree, or choose another file.`
  return new CosUploadError('policy-mismatch', text, { field, condition: condition.kind, expected, actual })
}
