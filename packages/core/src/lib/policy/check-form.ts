import { decodePolicy, matchPolicy, parsePolicy, PolicyDocumentError, type PolicyDocument, type PolicyMismatch } from '@cosdrop/protocol'
import { formField } from '../form/form-key.ts'
import type { PostForm } from '../form/post-form.ts'
import { wireFilename } from '../form/wire-filename.ts'
import { actionBucket } from '../response/object-url.ts'
import { CosUploadError, type AnyUploadError } from '../upload-error.ts'
import { policyMalformed } from './read-policy-reply.ts'

/**
 * Matches a form against the policy that it carries, so that what COS would refuse after a gigabyte is refused before the first byte.
 * @param now the server's time: a wrong device clock must not look like an expired policy
 * @returns `policy-mismatch` with field, condition and value, `policy-expired`, `policy-malformed`, or `null` when all is well
 */
export function checkForm(form: PostForm, now: Date): AnyUploadError | null {
  const encoded = formField(form, 'policy')
  if (encoded === null) return null
  let policy: PolicyDocument
  try {
    policy = parsePolicy(decodePolicy(encoded))
  } catch (cause) {
    if (!(cause instanceof PolicyDocumentError)) throw cause
    return policyMalformed(`the field "policy" is wrong. ${cause.message}`, null, null, cause)
  }
  const { fields, filename, file } = form
  const bucket = actionBucket(form.action) ?? undefined
  const mismatch = matchPolicy(policy, { fields, bucket, filename: wireFilename(filename), fileSize: file.size }, now)
  return mismatch && mismatchError(mismatch)
}

function mismatchError(mismatch: PolicyMismatch): AnyUploadError {
  if (mismatch.reason === 'expired') return policyExpired(mismatch.expiration)
  const { condition, field } = mismatch
  const expected = condition.kind === 'content-length-range' ? `${condition.min} to ${condition.max} bytes` : condition.value
  const actual = mismatch.actual === null ? null : String(mismatch.actual)
  const text = `The form breaks its own policy: "${field}" is ${actual === null ? 'missing' : `"${actual}"`}, and the policy asks for ${condition.kind} "${expected}". Nothing was sent. Make the policy endpoint's fields and conditions agree, or choose another file.`
  return new CosUploadError('policy-mismatch', text, { field, condition: condition.kind, expected, actual })
}

export function policyExpired(expiresAt: string | null, cause?: unknown): CosUploadError<'policy-expired'> {
  const text =
    'The signed policy had run out when it was used, also after signing again. Check the clock of the server that signs, and give policies a life of 15 minutes.'
  return new CosUploadError('policy-expired', text, { expiresAt }, { cause })
}
