import { FILENAME_WILDCARD, type ObjectEncryption } from '@cosdrop/protocol'
import { closedName } from '../confirm/closed-key.ts'
import type { ReceiptUse } from '../confirm/receipt.ts'
import { RECEIPT_LIFE, receiptsOf } from '../confirm/receipt-secret.ts'
import type { CredentialsInput, CredentialsSource } from '../credentials/credentials.ts'
import { readCredentials, toProvider } from '../credentials/read-credentials.ts'
import { guessContentType, isActive, UNKNOWN_TYPE } from '../keys/content-type.ts'
import { uniqueKey, type KeyStrategy } from '../keys/key-strategy.ts'
import { addressUrl, type BucketAddress } from '../policy/bucket-address.ts'
import { compileFieldRules } from '../policy/compile-field-rules.ts'
import type { FieldRules } from '../policy/field-rule.ts'
import { checkedKey } from '../policy/checked-key.ts'
import { checkLife } from '../policy/post-policy.ts'
import { invalidOption } from '../policy/invalid-option.ts'
import { JsonBytes } from '../policy/json-bytes.ts'
import { refusal } from '../policy/refusal.ts'
import { fixedEncryption } from '../policy/fixed-encryption.ts'
import { createPostSigner, type SignedPost } from '../policy/sign-post.ts'
import type { StorePort } from '../store/store-port.ts'
import { checkAuthorize, type Authorize, type UploadUser } from './authorize.ts'
import type { CrossOrigin } from './cross-origin.ts'
import { checkBatch, checkFile, checkLimits, type FileLimits, type ShownLimits } from './file-limits.ts'
import { readJsonBody } from './json-body.ts'
import type { RateLimit } from './rate-limit.ts'
import { readPolicyRequest, type RequestedFile } from './read-policy-request.ts'
import type { ErrorListener } from './reply.ts'
import { serve, type Handler } from './serve.ts'

export interface PolicyHandlerOptions<User extends UploadUser> extends BucketAddress {
  /** Who is asking? `null` refuses. Required: `allowAnyone()` says so out loud when everybody may. */
  readonly authorize: Authorize<User>
  /** Permanent, or a function that gives temporary ones (`stsCredentials`). */
  readonly credentials: CredentialsInput | CredentialsSource
  /** Names the object. @default uniqueKey('uploads/') */
  readonly key?: KeyStrategy<User> | undefined
  readonly limits?: FileLimits | undefined
  /** What the page may wish of form fields, and what is fixed. @default every field held at "not set" (README, "What is pinned") */
  readonly fields?: Omit<FieldRules, 'Content-Type'> | undefined
  /** Content types of extensions that the table lacks or gets wrong: `{ dwg: 'image/vnd.dwg' }`. */
  readonly contentTypes?: Readonly<Record<string, string>> | undefined
  /**
   * `exact`: the policy admits just as many bytes as the page said, so a total is a total and an emptied file is refused.
   * `within-limits`: any size from `minSize` to `maxSize`. @default 'exact'
   */
  readonly sizes?: 'exact' | 'within-limits' | undefined
  /** Seconds that a policy lives. @default 900 */
  readonly expiresIn?: number | undefined
  /** `false` leaves fields uncovered whose neutral value is empty. @default true */
  readonly blankPins?: boolean | undefined
  /** Pages of other origins. @default none */
  readonly cors?: CrossOrigin | undefined
  /** `rateLimit({ posts, perSeconds })`, or any function that throws a `refusal`. @default none: `authorize` alone decides */
  readonly rateLimit?: RateLimit<User> | undefined
  /** The confirm endpoint's: then no form is signed again for a file that was confirmed. @default none */
  readonly store?: StorePort | undefined
  /** Signs the receipts; 32 random characters. @default made from the SecretKey, when that is permanent; else no receipts */
  readonly receiptSecret?: string | undefined
  /**
   * Tells pages how files will be encrypted: `cachedEncryption(client)` asks the bucket for its default. What `fields` fixes is told in any case.
   * @default none: pages are told nothing of the bucket's default
   */
  readonly encryption?: (() => Promise<ObjectEncryption | null>) | undefined
  /** Bytes of a request's body. @default 524288 */
  readonly maxRequestSize?: number | undefined
  /** For the log: failures that the page is told nothing of. */
  readonly onError?: ErrorListener | undefined
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** The policy endpoint's reply to a POST. */
export interface PolicyReply {
  /** ISO 8601. */
  readonly serverTime: string
  /** One a file, in the order of the request. */
  readonly posts: readonly SignedPost[]
}

/** The policy endpoint's reply to a GET. */
export interface LimitsReply {
  /** ISO 8601. */
  readonly serverTime: string
  readonly limits: ShownLimits
  /** `null`: none, or not known. */
  readonly encryption: ObjectEncryption | null
}

/** About what a signed form takes without rules of the app's own, and room for the longest piece. */
const BYTES_PER_POST = 2560
const BYTES_OF_SLACK = 1024

/**
 * The endpoint that a page asks for signed forms: `POST {"files":[{"name","type","size","relativePath"?}], "fields"?, "context"?}` is answered with
 * `{"serverTime", "posts":[{"url","fields","expiresAt","receipt"?}]}`, one post a file, or with a 4xx `{"error":{"code","message"}}`;
 * `GET` with `{"serverTime", "limits", "encryption"}`. A file with `key` and the `receipt` of an earlier reply gets the same key again.
 * @throws {CosServerError} `rules-invalid` at once, when the options cannot work
 */
export function createPolicyHandler<User extends UploadUser>(options: PolicyHandlerOptions<User>): Handler {
  // Not `Date.now` as it is now: an app's test may set the date later, and the emulator reads that one.
  const {
    bucket,
    authorize,
    cors,
    onError,
    now = () => Date.now(),
    sizes = 'exact',
    maxRequestSize = 512 * 1024,
    store,
    fields: rules = {},
  } = options
  checkAuthorize(authorize)
  const url = addressUrl(options)
  const keys = readCredentials(options.credentials)
  const credentials = toProvider(keys)
  const receipts = receiptsOf(options.receiptSecret, keys, bucket)
  const nameObject: KeyStrategy<User> = options.key ?? uniqueKey()
  const limits = checkLimits(options.limits ?? {})
  const ownTypes = new Map(Object.entries(options.contentTypes ?? {}).map(([extension, type]) => [extension.replace(/^\./, '').toLowerCase(), type]))
  const decide = compileFieldRules(rules, { bucket, url, blankPins: options.blankPins ?? true, except: ['Content-Type'] })
  const signer = createPostSigner(checkLife(options.expiresIn ?? 900))
  const fixed = fixedEncryption(rules)

  function contentTypeOf(file: RequestedFile): string {
    const guess = guessContentType(file.name, file.type, ownTypes)
    return isActive(guess) && !limits.accept.names(file.name, guess) ? UNKNOWN_TYPE : guess
  }

  /** Seconds since 1970: the end of the receipt, when it proves that this user was given the key. */
  async function renewedUntil(receipt: string, use: ReceiptUse): Promise<number> {
    if (receipts === null) throw refusal('receipt-invalid', 'This server gives no receipts, so it cannot renew a policy.')
    const { expires } = receipts.open(receipt, use)
    if (expires <= Number(await store?.read(closedName(bucket, use.key)))) {
      throw refusal('already-confirmed', 'This upload is complete and was confirmed; its file cannot be replaced.', { status: 409 })
    }
    return expires
  }

  function literalKey(key: string): string {
    if (!key.includes(FILENAME_WILDCARD)) return checkedKey(key)
    throw invalidOption('key', 'The key strategy returned ${filename}. Use file.name.')
  }

  async function sign(request: Request): Promise<Uint8Array<ArrayBuffer>> {
    const { files, fields, context } = readPolicyRequest(await readJsonBody(request, maxRequestSize))
    const user = await authorize(request, files, context)
    if (!user?.id) throw refusal('not-authorized', 'You may not upload here. Sign in, or ask the owner of this page.')
    checkBatch(files, limits)
    const typed = files.map((file, index) => {
      const contentType = contentTypeOf(file)
      checkFile(file, contentType, index, limits)
      return { file, contentType }
    })
    const decision = decide(fields)
    const time = now()
    await options.rateLimit?.(request, user, files.length, time)
    const write = signer(await credentials(), time, decision)
    const json = new JsonBytes(BYTES_PER_POST * files.length + BYTES_OF_SLACK)
    json.text(`{"serverTime":"${new Date(time).toISOString()}","posts":[`)
    for (const [index, { file, contentType }] of typed.entries()) {
      const { key: given, receipt: proof } = file
      const isRenewal = given !== undefined && proof !== undefined
      const expires = isRenewal
        ? await renewedUntil(proof, { key: given, size: file.size, user: user.id, now: time })
        : Math.floor(time / 1000) + RECEIPT_LIFE
      const named = isRenewal ? given : nameObject(file, { user, context, now: time, contentType })
      // Waiting for what is there already would cost a batch a hundred turns of the event loop.
      const key = literalKey(typeof named === 'string' ? named : await named)
      const size = sizes === 'exact' ? { min: file.size, max: file.size } : { min: limits.minSize, max: limits.maxSize }
      const receipt = receipts?.issue({ key, ...size, user: user.id, expires }) ?? null
      if (index > 0) json.text(',')
      write({ key, size, contentType, receipt }, json)
    }
    json.text(']}')
    return json.written()
  }

  async function tell(): Promise<string> {
    const reply: LimitsReply = {
      serverTime: new Date(now()).toISOString(),
      limits: limits.shown,
      encryption: fixed ?? (await options.encryption?.()) ?? null,
    }
    return JSON.stringify(reply)
  }

  return serve({ POST: sign, GET: tell }, { cors, onError })
}
