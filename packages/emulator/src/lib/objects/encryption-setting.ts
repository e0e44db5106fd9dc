import { base64OfBytes, bytesOfBase64 } from '@cosdrop/protocol'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { CosError } from '../errors/cos-error.ts'
import type { Service } from '../service.ts'
import type { StoredEncryption } from '../storage/object-record.ts'
import { refuseBadValue } from './field-refusal.ts'
import type { SettingSource } from './setting-source.ts'

const PREFIX = 'x-cos-server-side-encryption'
const CUSTOMER = `${PREFIX}-customer`

/** The key that COS makes when SSE-KMS is asked for without one. */
export const DEFAULT_KMS_KEY = '00000000-0000-4000-8000-000000000000'

function given(source: SettingSource, name: string): string | null {
  const value = source.get(name)
  if (value === null || value === '') return null
  refuseBadValue(name, value)
  return value
}

function wrong(message: string, condition: string, fix: string): CosError {
  return new CosError('InvalidArgument', { message, explanation: { condition, value: null, fix } })
}

async function md5Base64(service: Service, bytes: Uint8Array): Promise<string> {
  const digest = await service.digests.md5()
  digest.update(bytes)
  return base64OfBytes(Uint8Array.from(digest.hex().match(/../g) ?? [], (pair) => parseInt(pair, 16)))
}

/**
 * The caller's own key, checked against its MD5: what an upload sends, and what a download of the object must send again. `null` when
 * none of its three settings is there.
 * @throws {CosError} InvalidArgument. The key appears in no text.
 */
export async function readCustomerKey(service: Service, source: SettingSource): Promise<{ readonly keyMd5: string } | null> {
  const [algorithm, key, md5] = ['-algorithm', '-key', '-key-MD5'].map((part) => given(source, `${CUSTOMER}${part}`))
  if (algorithm === null && key === null && md5 === null) return null
  if (algorithm === null || typeof key !== 'string' || typeof md5 !== 'string') {
    const fix = 'Send all three: the algorithm AES256, the key in Base64, and the MD5 of the key in Base64.'
    throw wrong(`${CUSTOMER}-* incomplete`, `SSE-C needs ${CUSTOMER}-algorithm, -key and -key-MD5.`, fix)
  }
  if ((await md5Base64(service, bytesOfBase64(key) ?? new Uint8Array())) !== md5) {
    throw wrong(
      `${CUSTOMER}-key-MD5 value invalid`,
      `${CUSTOMER}-key-MD5 is the MD5 of the 32 bytes of the key.`,
      'Hash the raw key, not its Base64.',
    )
  }
  return { keyMd5: md5 }
}

function kmsEncryption(service: Service, keyId: string | null, context: string | null): StoredEncryption {
  const { kmsKeys } = service.config
  const id = keyId ?? DEFAULT_KMS_KEY
  const known = kmsKeys.find((key) => key.id === id)
  if (keyId !== null && kmsKeys.length > 0 && known === undefined) {
    const fix = `Use one of ${kmsKeys.map((key) => key.id).join(', ')}.`
    throw new CosError('KmsKeyNotExist', { explanation: { condition: 'The KMS key is one of "kmsKeys".', value: id, fix } })
  }
  if (known?.state === 'disabled') {
    const explanation = { condition: 'The KMS key is enabled.', value: `${id} is disabled`, fix: 'Set its "state" to enabled, or use another key.' }
    throw new CosError('KmsKeyDisabled', { explanation })
  }
  return { kind: 'SSE-KMS', keyId: id, context }
}

function defaultEncryption(service: Service, bucket: Bucket): StoredEncryption | null {
  if (bucket.encryption === null) return null
  if (bucket.encryption.algorithm === 'AES256') return { kind: 'SSE-COS' }
  return kmsEncryption(service, bucket.encryption.kmsMasterKeyId ?? null, null)
}

/** How the object will be encrypted: what the upload says, else the bucket's default (facts 1.17). @throws {CosError} */
export async function readEncryptionSetting(service: Service, bucket: Bucket, source: SettingSource): Promise<StoredEncryption | null> {
  const algorithm = given(source, PREFIX)
  const keyId = given(source, `${PREFIX}-cos-kms-key-id`)
  const context = given(source, `${PREFIX}-context`)
  const customer = await readCustomerKey(service, source)
  if (customer !== null && algorithm !== null) {
    throw wrong(
      `${PREFIX} value invalid:${algorithm}`,
      'An object is encrypted in one way.',
      `Send either ${PREFIX} or the three ${CUSTOMER}-* settings.`,
    )
  }
  if (algorithm !== 'cos/kms' && (keyId !== null || context !== null)) {
    throw wrong(
      `${PREFIX}-cos-kms-key-id value invalid`,
      'A KMS key id or context goes with SSE-KMS.',
      `Set ${PREFIX} to cos/kms, or leave them out.`,
    )
  }
  if (customer !== null) return { kind: 'SSE-C', keyMd5: customer.keyMd5 }
  if (algorithm === 'AES256') return { kind: 'SSE-COS' }
  if (algorithm === 'cos/kms') return kmsEncryption(service, keyId, context)
  return defaultEncryption(service, bucket)
}

/** The SSE headers of every reply about an encrypted object. `official/common-response-headers`, "Special Headers for SSE". */
export function encryptionHeaders(encryption: StoredEncryption | null): Readonly<Record<string, string>> {
  switch (encryption?.kind) {
    case undefined:
      return {}
    case 'SSE-COS':
      return { [PREFIX]: 'AES256' }
    case 'SSE-KMS':
      return { [PREFIX]: 'cos/kms', [`${PREFIX}-cos-kms-key-id`]: encryption.keyId }
    case 'SSE-C':
      return { [`${CUSTOMER}-algorithm`]: 'AES256', [`${CUSTOMER}-key-MD5`]: encryption.keyMd5 }
  }
}
