import type { Credentials } from '../credentials/credentials.ts'
import { addressUrl, type BucketAddress } from './bucket-address.ts'
import { compileFieldRules } from './compile-field-rules.ts'
import type { FieldRules } from './field-rule.ts'
import { checkedKey } from './checked-key.ts'
import { invalidOption } from './invalid-option.ts'
import { JsonBytes } from './json-bytes.ts'
import { createPostSigner, type SignedPost } from './sign-post.ts'
import { checkSizeRange, type SizeRange } from './size-range.ts'

export interface PostPolicyOptions extends BucketAddress {
  /** The object's key. With `${filename}` the visitor's file name takes its place, and the policy limits the part before it. */
  readonly key: string
  readonly size: SizeRange
  /** Fields that are not named are held at "not set": see the README, "What is pinned". */
  readonly fields?: FieldRules | undefined
  /** Seconds. @default 900 */
  readonly expiresIn?: number | undefined
  /** `false` leaves fields uncovered whose neutral value is empty. @default true */
  readonly blankPins?: boolean | undefined
}

/** Rules that were checked and can be signed. */
export interface PostPolicy {
  /**
   * Signs one form.
   * @param options.wishes fields that the page asked for; those outside the rules throw `refused`
   * @param options.now milliseconds since 1970. @default Date.now()
   */
  sign(credentials: Credentials, options?: { readonly wishes?: Readonly<Record<string, string>>; readonly now?: number }): SignedPost
}

/** The longest life that may be asked for: a policy is a bearer permission. */
const LONGEST_LIFE = 24 * 3600

export function checkLife(seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_LIFE) return seconds
  throw invalidOption('expiration', `A policy cannot live ${seconds} seconds; choose a whole number from 1 to ${LONGEST_LIFE}.`)
}

/**
 * A policy for POST Object in which conditions and fields cannot disagree: both are made from one rule per field.
 * `official/post-object.txt`, "Signature protection".
 * @throws {CosServerError} `rules-invalid` at once, when a rule breaks a documented limit
 */
export function createPostPolicy(options: PostPolicyOptions): PostPolicy {
  const url = addressUrl(options)
  const { bucket, key, blankPins = true, expiresIn = 900 } = options
  const post = { key: checkedKey(key), size: checkSizeRange(options.size), contentType: null, receipt: null }
  const decide = compileFieldRules(options.fields ?? {}, { bucket, url, blankPins })
  const signer = createPostSigner(checkLife(expiresIn))
  return {
    sign: (credentials, { wishes = {}, now = Date.now() } = {}) => {
      const json = new JsonBytes(4096)
      signer(credentials, now, decide(Object.entries(wishes)))(post, json)
      const signed: SignedPost = JSON.parse(new TextDecoder().decode(json.written()))
      return signed
    },
  }
}
