import { checkBucketAccess } from '../auth/permission.ts'
import { refuseS3 } from '../auth/request-auth.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { FormToCheck } from './enforce-policy.ts'
import { authorizeByPolicy, SIGNATURE_FIELDS } from './policy-signature.ts'
import { authorizeBySignatureField } from './signature-field.ts'
import { NO_LIMITS, type SizeLimits } from './size-limits.ts'

/**
 * Who sent the form, and whether the policy admits it. Anonymous forms are for public-read-write buckets.
 * @throws {CosError}
 */
export function authorizeForm(exchange: Exchange, form: FormToCheck): SizeLimits {
  const { fields, bucket } = form
  if (SIGNATURE_FIELDS.some((name) => name !== 'policy' && fields.get(name))) return authorizeByPolicy(exchange, form)
  // Before `Signature`, which one of S3's forms has as well.
  refuseS3((name) => fields.get(name))
  const signature = fields.get('Signature')
  if (signature) return authorizeBySignatureField(exchange, form, signature)
  const policy = fields.get('policy')
  // A policy without any signature is a mistake in the form, whatever the bucket: say so rather than "Access Denied."
  if (policy) return authorizeByPolicy(exchange, form)
  checkBucketAccess(exchange.caller, bucket, 'write', {
    value: 'no policy and no signature before the file',
    fix: `Append the fields before the file: ${SIGNATURE_FIELDS.join(', ')} do not count after it. Or give the bucket another "acl".`,
  })
  return NO_LIMITS
}
