import type { Bucket } from '../buckets/bucket-registry.ts'
import { CosError, type Explanation } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { ObjectVersion } from '../storage/object-record.ts'
import type { Caller } from './caller.ts'
import { authenticate } from './request-auth.ts'

/** What a caller wants: `configure` is everything that needs the owner. */
export type Action = 'read' | 'write' | 'configure'

const UNSIGNED = { value: 'an unsigned request', fix: 'Sign the request, or give the bucket another "acl".' }

function denied(condition: string, fix: string): CosError {
  return new CosError('AccessDenied', { explanation: { condition, value: UNSIGNED.value, fix } })
}

/**
 * Whether a caller may do something with a bucket. Every credential of the config owns every bucket.
 * @param unsigned what to say of a request without a signature @throws {CosError} AccessDenied
 */
export function checkBucketAccess(caller: Caller, bucket: Bucket, action: Action, unsigned: Pick<Explanation, 'value' | 'fix'> = UNSIGNED): void {
  if (caller.kind === 'signed') return
  if (action === 'read' && bucket.acl !== 'private') return
  if (action === 'write' && bucket.acl === 'public-read-write') return
  throw new CosError('AccessDenied', { explanation: { condition: `The bucket is ${bucket.acl}.`, ...unsigned } })
}

/** Whether a caller may read an object: its own ACL wins over the bucket's. @throws {CosError} AccessDenied */
export function checkObjectAccess(caller: Caller, bucket: Bucket, object: ObjectVersion): void {
  if (caller.kind === 'signed') return
  // https://cloud.tencent.com/document/product/436/18145 (facts 1.17).
  if (object.encryption?.kind === 'SSE-COS') throw denied('Objects encrypted with SSE-COS cannot be read anonymously.', 'Sign the request.')
  const acl = object.acl === 'default' ? bucket.acl : object.acl
  if (acl === 'public-read' || acl === 'public-read-write') return
  throw denied(
    `The object is ${acl}${object.acl === 'default' ? ' (its bucket is)' : ''}.`,
    'Sign the request, or store the object with acl=public-read.',
  )
}

/** Authenticates, then checks the bucket. @throws {CosError} */
export function authorize(exchange: Exchange, action: Action): Bucket {
  const bucket = exchange.bucket()
  checkBucketAccess(authenticate(exchange), bucket, action)
  return bucket
}
