import type { ObjectEncryption } from '@cosdrop/protocol'
import type { FieldRule, FieldRules } from './field-rule.ts'

function fixedValue(rule: FieldRule | undefined): string | null {
  return typeof rule === 'object' && 'fixed' in rule && rule.fixed ? rule.fixed : null
}

/** Encryption as the rules fix it; `null` when they leave it to the bucket. */
export function fixedEncryption(rules: FieldRules): ObjectEncryption | null {
  const algorithm = fixedValue(rules['x-cos-server-side-encryption'])
  if (algorithm === null) return null
  if (algorithm === 'AES256') return { kind: 'SSE-COS', algorithm }
  return { kind: 'SSE-KMS', algorithm, keyId: fixedValue(rules['x-cos-server-side-encryption-cos-kms-key-id']) }
}
