import type { ObjectEncryption } from '@cosdrop/protocol'
import type { FieldRules } from './field-rule.ts'

/** Encryption as the rules fix it; `null` when they leave it to the bucket. */
export function fixedEncryption(rules: FieldRules): ObjectEncryption | null {
  const rule = rules['x-cos-server-side-encryption']
  if (typeof rule !== 'object' || !('fixed' in rule)) return null
  if (rule.fixed === 'AES256') return { kind: 'SSE-COS', algorithm: rule.fixed }
  const key = rules['x-cos-server-side-encryption-cos-kms-key-id']
  return { kind: 'SSE-KMS', algorithm: rule.fixed, keyId: typeof key === 'object' && 'fixed' in key ? key.fixed : null }
}
