import { checkBucketAccess, checkObjectAccess } from '../auth/permission.ts'
import { authenticate } from '../auth/request-auth.ts'
import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { NULL_VERSION, type ObjectRecord, type ObjectVersion } from '../storage/object-record.ts'
import { readCustomerKey } from './encryption-setting.ts'
import { fromHeaderBytes } from './header-text.ts'

function markerHeaders(record: ObjectRecord): Readonly<Record<string, string>> {
  return { 'x-cos-delete-marker': 'true', ...(record.versionId !== NULL_VERSION && { 'x-cos-version-id': record.versionId }) }
}

function notThere(code: 'NoSuchKey' | 'NoSuchVersion', key: string, headers: Readonly<Record<string, string>> = {}): CosError {
  const value = 'x-cos-delete-marker' in headers ? 'its newest version is a delete marker' : null
  return new CosError(code, {
    headers,
    explanation: { condition: `"${key}" is stored in the bucket.`, value, fix: 'Check the key and the version id.' },
  })
}

/** The object that a GET or HEAD names, if the caller may read it. @throws {CosError} NoSuchKey, NoSuchVersion, MethodNotAllowed, AccessDenied */
export function findVersion(exchange: Exchange, key: string): ObjectVersion {
  const bucket = exchange.bucket()
  const caller = authenticate(exchange)
  const versions = exchange.service.storage.versionsOf(bucket.name, key)
  // Empty: downloads in parts of the Go and the PHP SDK name the version of an object that has none.
  const versionId = exchange.param('versionId') || null
  const record = versionId === null ? versions[0] : versions.find((version) => version.versionId === versionId)
  if (record?.kind === 'object') {
    checkObjectAccess(caller, bucket, record)
    return record
  }
  // Whether a key exists is for those to know who may read the bucket.
  checkBucketAccess(caller, bucket, 'read')
  if (record === undefined) throw notThere(versionId === null ? 'NoSuchKey' : 'NoSuchVersion', key)
  if (versionId === null) throw notThere('NoSuchKey', key, markerHeaders(record))
  const explanation = { condition: 'The version is an object.', value: 'a delete marker', fix: 'Name the id of an object version.' }
  throw new CosError('MethodNotAllowed', { headers: markerHeaders(record), explanation })
}

/** An SSE-C object can be read by those alone who bring its key. @throws {CosError} InvalidArgument, AccessDenied */
export async function requireCustomerKey(exchange: Exchange, version: ObjectVersion): Promise<void> {
  if (version.encryption?.kind !== 'SSE-C') return
  const get = (name: string): string | null => {
    const value = exchange.header(name)
    return value === null ? null : fromHeaderBytes(value)
  }
  const given = await readCustomerKey(exchange.service, { aclName: 'x-cos-acl', get, entries: () => [] })
  const condition = 'The object is encrypted with SSE-C: its key must come with every read.'
  const fix = 'Send the three x-cos-server-side-encryption-customer-* headers of the upload.'
  if (given === null) throw new CosError('InvalidArgument', { explanation: { condition, value: null, fix } })
  if (given.keyMd5 !== version.encryption.keyMd5) throw new CosError('AccessDenied', { explanation: { condition, value: 'another key', fix } })
}
