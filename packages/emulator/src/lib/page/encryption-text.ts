import type { DefaultEncryption } from '../config/emulator-config.ts'
import type { StoredEncryption } from '../storage/object-record.ts'

/** A bucket's default, in words. */
export function encryptionText(encryption: DefaultEncryption | null): string {
  if (encryption === null) return 'no default encryption'
  if (encryption.algorithm === 'AES256') return 'SSE-COS by default'
  return `SSE-KMS by default${encryption.kmsMasterKeyId === undefined ? '' : ` (${encryption.kmsMasterKeyId})`}`
}

/** An object's encryption, in words. The MD5 of a customer's key is no secret; the key itself is never kept. */
export function storedEncryptionText(encryption: StoredEncryption | null): string {
  switch (encryption?.kind) {
    case undefined:
      return 'none'
    case 'SSE-COS':
      return 'SSE-COS, AES256'
    case 'SSE-KMS':
      return `SSE-KMS, key ${encryption.keyId}`
    case 'SSE-C':
      return `SSE-C, key MD5 ${encryption.keyMd5}`
  }
}
