import { base64OfBytes } from '@cosdrop/protocol'
import { keyedSha1, timingSafeEqual } from '@cosdrop/protocol/signature'
import { invalidOption } from '../policy/invalid-option.ts'
import { refusal } from '../policy/refusal.ts'

/** What a receipt binds, besides its bucket: this key, this user, these sizes, until then. */
export interface ReceiptContent {
  readonly key: string
  /** The user's id. */
  readonly user: string
  /** Bytes, inclusive. */
  readonly min: number
  /** Bytes, inclusive. */
  readonly max: number
  /** Seconds since 1970. A renewed form's receipt keeps the first one's end. */
  readonly expires: number
}

/** Who shows the receipt, and for what. */
export interface ReceiptUse {
  readonly key: string
  readonly user: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Receipts: texts that the policy endpoint hands out and the confirm endpoint believes, since nobody else can make them:
 * `r1.<min>.<max>.<expires>.<mac>`. Key and user come with each request, so only the MAC holds them. The MAC's key is derived for this use and
 * this bucket: a receipt says nothing about COS's signatures, nor the other way round. HMAC-SHA1, since COS signs with it and its code is there
 * anyway: what broke SHA-1, collisions, does not break its HMAC, which rests on a key that nobody else has (RFC 2104 §6, RFC 6194). That
 * holds for the HMAC of the text itself, not for one of the text's SHA-1, which would stand for any other text with the same digest.
 */
export interface Receipts {
  issue(content: ReceiptContent): string
  /** @throws {CosServerError} `refused`: `receipt-invalid`, `receipt-expired` */
  open(receipt: string, use: ReceiptUse): ReceiptContent
}

const FORM = /^r1\.(\d{1,16})\.(\d{1,16})\.(\d{1,12})\.([A-Za-z\d+/]{27}=)$/

/** @param secret at least 16 characters: a SecretKey has 32 */
export function createReceipts(secret: string, bucket: string): Receipts {
  if (secret.length < 16) {
    throw invalidOption(
      'receiptSecret',
      'The secret for receipts (receiptSecret, or the SecretKey where none is given) has fewer than 16 characters, so receipts could be guessed. Use 32 random ones.',
    )
  }
  const keyed = keyedSha1(keyedSha1(secret)(`cosdrop receipt ${bucket}`))

  function mac({ key, user, min, max, expires }: ReceiptContent): string {
    return base64OfBytes(keyed(JSON.stringify([min, max, expires, user, key])))
  }

  return {
    issue: (content) => `r1.${content.min}.${content.max}.${content.expires}.${mac(content)}`,
    open(receipt, { key, user, size, now }) {
      const [, min, max, expires, seen = ''] = FORM.exec(receipt) ?? []
      const content = { key, user, min: Number(min), max: Number(max), expires: Number(expires) }
      if (!timingSafeEqual(mac(content), seen) || size < content.min || size > content.max) {
        throw refusal('receipt-invalid', 'The receipt does not belong to this upload. Ask for a new policy and upload again.')
      }
      if (now / 1000 > content.expires)
        throw refusal('receipt-expired', 'The receipt of this upload has ended. Ask for a new policy and upload again.')
      return content
    },
  }
}
