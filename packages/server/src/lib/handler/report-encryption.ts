import type { ObjectEncryption } from '@cosdrop/protocol'
import type { FieldRules } from '../policy/field-rule.ts'
import type { ErrorListener } from './reply.ts'

export interface EncryptionReportOptions {
  /** Asks COS, such as `client.getBucketEncryption`. */
  readonly ask: () => Promise<ObjectEncryption | null>
  readonly now: () => number
  readonly onError: ErrorListener | undefined
}

/** Milliseconds for which an answer is good: a bucket's default changes once in its life. */
const FRESH = 10 * 60_000
/** After a failure the next attempt waits, so that a missing permission does not cost a call for each page. */
const RETRY = 60_000

/** Encryption as the rules fix it; `undefined` when they leave it to the bucket. */
export function fixedEncryption(rules: FieldRules): ObjectEncryption | undefined {
  const rule = rules['x-cos-server-side-encryption']
  if (typeof rule !== 'object' || !('fixed' in rule)) return undefined
  if (rule.fixed === 'AES256') return { kind: 'SSE-COS', algorithm: 'AES256' }
  const key = rules['x-cos-server-side-encryption-cos-kms-key-id']
  return { kind: 'SSE-KMS', algorithm: rule.fixed, keyId: typeof key === 'object' && 'fixed' in key ? key.fixed : null }
}

/** How files will be stored, asked once in a while however many pages want to know. A failure is the operator's business: pages are told nothing. */
export function reportEncryption({ ask, now, onError }: EncryptionReportOptions): () => Promise<ObjectEncryption | null> {
  let answer: Promise<ObjectEncryption | null> | null = null
  let goodUntil = 0
  return () => {
    if (answer !== null && now() < goodUntil) return answer
    goodUntil = now() + FRESH
    answer = ask().catch((error: unknown) => {
      goodUntil = now() + RETRY
      onError?.(error)
      return null
    })
    return answer
  }
}
