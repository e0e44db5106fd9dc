import { bytesOfBase64 } from '@cosdrop/protocol'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { CosError } from '../errors/cos-error.ts'
import { hexOfBytes } from '../exchange/id-source.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { isPresent } from '../storage/object-index.ts'
import { NULL_VERSION, type ObjectVersion } from '../storage/object-record.ts'
import type { ReceivedBytes } from './object-receiver.ts'
import type { ObjectSettings } from './object-settings.ts'

function alreadyExists(key: string): CosError {
  const explanation = { condition: 'x-cos-forbid-overwrite is true, so the key must be new.', value: `${key} exists`, fix: 'Choose another key.' }
  return new CosError('FileAlreadyExists', { explanation })
}

function forbids(bucket: Bucket, settings: ObjectSettings): boolean {
  // No effect once a bucket has had versioning (facts 1.3).
  return settings.forbidOverwrite && bucket.versioning === 'off'
}

/** Early, before the bytes are read. @throws {CosError} FileAlreadyExists */
export function refuseOverwrite(exchange: Exchange, bucket: Bucket, key: string, settings: ObjectSettings): void {
  if (forbids(bucket, settings) && isPresent(exchange.service.storage.versionsOf(bucket.name, key))) throw alreadyExists(key)
}

/** @throws {CosError} BadDigest */
export function checkContentMd5(settings: ObjectSettings, received: ReceivedBytes): void {
  if (settings.contentMd5 === null) return
  const expected = hexOfBytes(bytesOfBase64(settings.contentMd5) ?? new Uint8Array())
  if (expected === received.md5) return
  throw new CosError('BadDigest', {
    explanation: {
      condition: `Content-MD5 says ${expected}.`,
      value: `the file's MD5 is ${received.md5}`,
      fix: 'Hash the bytes of the file that is sent, and send it whole.',
    },
  })
}

/** Makes the received bytes an object, at once. @throws {CosError} FileAlreadyExists, when somebody was quicker */
export async function storeObject(
  exchange: Exchange,
  bucket: Bucket,
  key: string,
  settings: ObjectSettings,
  received: ReceivedBytes,
): Promise<ObjectVersion> {
  const { ids, storage } = exchange.service
  await exchange.faults.beforeStore()
  // With SSE-KMS and SSE-C the ETag is not the MD5 (facts 1.17).
  const isOpaque = settings.encryption?.kind === 'SSE-KMS' || settings.encryption?.kind === 'SSE-C'
  const version: ObjectVersion = {
    kind: 'object',
    bucket: bucket.name,
    key,
    versionId: bucket.versioning === 'enabled' ? ids.versionId() : NULL_VERSION,
    lastModified: exchange.now(),
    size: received.size,
    etag: isOpaque ? ids.opaque() : received.md5,
    crc64: received.crc64,
    headers: settings.headers,
    metadata: settings.metadata,
    storageClass: settings.storageClass,
    acl: settings.acl,
    grants: settings.grants,
    encryption: settings.encryption,
    blob: received.blob,
  }
  const stored = await storage.put(version, { onlyIfAbsent: forbids(bucket, settings) })
  if (!stored) throw alreadyExists(key)
  return version
}
