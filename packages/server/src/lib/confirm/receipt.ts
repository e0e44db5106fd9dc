import { base64OfBytes, base64OfText, bytesOfBase64 } from '@cosdrop/protocol'
import { timingSafeEqual } from '@cosdrop/protocol/signature'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { refusal } from '../policy/refusal.ts'
import { CosServerError } from '../server-error.ts'

/** What a receipt binds: this bucket, this key, these sizes, this user, until then. */
export interface ReceiptContent {
  readonly bucket: string
  readonly key: string
  /** Bytes, inclusive. */
  readonly min: number
  /** Bytes, inclusive. */
  readonly max: number
  /** The user's id. */
  readonly user: string
  /** Seconds since 1970. A renewed form's receipt keeps the first one's end. */
  readonly expires: number
}

/**
 * Receipts: texts that the policy endpoint hands out and the confirm endpoint believes, since nobody else can make them. HMAC-SHA256 over
 * the content, with a key of their own, so that a receipt says nothing about COS's signatures and the other way round.
 */
export interface Receipts {
  issue(content: ReceiptContent): string
  /** @throws {CosServerError} `refused`: `receipt-invalid`, `receipt-expired` */
  open(
    receipt: string,
    expected: { readonly bucket: string; readonly key: string; readonly user: string; readonly size: number; readonly now: number },
  ): ReceiptContent
}

const encoder = new TextEncoder()
const VERSION = 'r1'

function parse(payload: string): ReceiptContent | null {
  const bytes = bytesOfBase64(payload)
  if (bytes === null) return null
  try {
    const list: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (!Array.isArray(list)) return null
    const [bucket, key, min, max, user, expires]: unknown[] = list
    if (typeof bucket !== 'string' || typeof key !== 'string' || typeof user !== 'string') return null
    if (typeof min !== 'number' || typeof max !== 'number' || typeof expires !== 'number') return null
    return { bucket, key, min, max, user, expires }
  } catch {
    return null
  }
}

/** @param secret at least 16 characters: a SecretKey is 32 */
export function createReceipts(secret: string): Receipts {
  if (secret.length < 16) {
    throw new CosServerError('rules-invalid', 'receiptSecret is shorter than 16 characters, so receipts could be guessed. Use 32 random ones.', {
      field: 'receiptSecret',
    })
  }
  const key = hmac(sha256, encoder.encode(secret), encoder.encode('cosdrop receipt'))
  const keyed = hmac.create(sha256, key)
  const seal = (payload: string): string => base64OfBytes(keyed.clone().update(encoder.encode(payload)).digest())

  return {
    issue({ bucket, key: object, min, max, user, expires }) {
      const payload = base64OfText(JSON.stringify([bucket, object, min, max, user, expires]))
      return `${VERSION}.${payload}.${seal(payload)}`
    },
    open(receipt, expected) {
      const [version, payload = '', seen = '', ...rest] = receipt.split('.')
      const content = version === VERSION && rest.length === 0 && timingSafeEqual(seal(payload), seen) ? parse(payload) : null
      const matches =
        content !== null &&
        content.bucket === expected.bucket &&
        content.key === expected.key &&
        content.user === expected.user &&
        expected.size >= content.min &&
        expected.size <= content.max
      if (!matches) throw refusal('receipt-invalid', 'The receipt does not belong to this upload. Ask for a new policy and upload again.')
      if (expected.now / 1000 > content.expires)
        throw refusal('receipt-expired', 'The receipt of this upload has ended. Ask for a new policy and upload again.')
      return content
    },
  }
}
