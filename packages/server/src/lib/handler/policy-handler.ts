import { FILENAME_WILDCARD } from '@cosdrop/protocol'
import type { Credentials, CredentialsProvider } from '../credentials/credentials.ts'
import { toProvider } from '../credentials/read-credentials.ts'
import { guessContentType, isActive, UNKNOWN_TYPE } from '../keys/content-type.ts'
import { uniqueKey, type KeyStrategy } from '../keys/key-strategy.ts'
import { addressUrl, type BucketAddress } from '../policy/bucket-address.ts'
import { compileFieldRules } from '../policy/compile-field-rules.ts'
import type { FieldRules } from '../policy/field-rule.ts'
import { keyCondition } from '../policy/key-condition.ts'
import { checkLife } from '../policy/post-policy.ts'
import { refusal } from '../policy/refusal.ts'
import { createPostSigner, type SignedPost, type SigningMoment } from '../policy/sign-post.ts'
import { CosServerError } from '../server-error.ts'
import { checkAuthorize, type Authorize, type UploadUser } from './authorize.ts'
import { crossOriginHeaders, preflightReply, type CrossOrigin } from './cross-origin.ts'
import { checkBatch, checkFile, checkLimits, type FileLimits } from './file-limits.ts'
import { readJsonBody } from './json-body.ts'
import { readPolicyRequest, type RequestedFile } from './read-policy-request.ts'
import { errorReply, jsonReply, type ErrorListener } from './reply.ts'

export interface PolicyHandlerOptions<User extends UploadUser> extends BucketAddress {
  /** Who is asking? `null` refuses. Required: `allowAnyone()` says so out loud when everybody may. */
  readonly authorize: Authorize<User>
  /** Permanent, or a function that gives temporary ones (`stsCredentials`). */
  readonly credentials: Credentials | CredentialsProvider
  /** Names the object. @default uniqueKey('uploads/') */
  readonly key?: KeyStrategy<User>
  readonly limits?: FileLimits
  /** What the page may wish of form fields, and what is fixed. @default every field held at "not set" (README, "What is pinned") */
  readonly fields?: Omit<FieldRules, 'Content-Type'>
  /** Content types of extensions that the table lacks or gets wrong: `{ dwg: 'image/vnd.dwg' }`. */
  readonly contentTypes?: Readonly<Record<string, string>>
  /**
   * `exact`: the policy admits just as many bytes as the page said, so a total is a total and an emptied file is refused.
   * `within-limits`: any size from `minSize` to `maxSize`. @default 'exact'
   */
  readonly sizes?: 'exact' | 'within-limits'
  /** Seconds that a policy lives. @default 900 */
  readonly expiresIn?: number
  /** `false` leaves fields uncovered whose neutral value is empty. @default true */
  readonly blankPins?: boolean
  /** Pages of other origins. @default none */
  readonly cors?: CrossOrigin
  /** Bytes of a request's body. @default 524288 */
  readonly maxRequestSize?: number
  /** For the log: failures that the page is told nothing of. */
  readonly onError?: ErrorListener
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number
}

export type Handler = (request: Request) => Promise<Response>

/**
 * The endpoint that a page asks for signed forms: `POST {"files":[{"name","type","size"}], "fields"?, "context"?}` is answered with
 * `{"serverTime", "posts":[{"url","fields","expiresAt"}]}`, one post a file, or with a 4xx `{"error":{"code","message"}}`;
 * `GET` with `{"serverTime", "limits", "encryption"}`.
 * @throws {CosServerError} `rules-invalid` at once, when the options cannot work
 */
export function createPolicyHandler<User extends UploadUser>(options: PolicyHandlerOptions<User>): Handler {
  const { bucket, authorize, cors, onError, now = Date.now, sizes = 'exact', maxRequestSize = 512 * 1024 } = options
  checkAuthorize(authorize)
  const url = addressUrl(options)
  const credentials = toProvider(options.credentials)
  const nameObject: KeyStrategy<User> = options.key ?? uniqueKey()
  const limits = checkLimits(options.limits ?? {})
  const ownTypes = new Map(Object.entries(options.contentTypes ?? {}).map(([extension, type]) => [extension.replace(/^\./, '').toLowerCase(), type]))
  // The content type is decided per file, so the rules hold no neutral value for it.
  const decide = compileFieldRules(
    { ...options.fields, 'Content-Type': 'free' },
    options.blankPins === undefined ? {} : { blankPins: options.blankPins },
  )
  const signer = createPostSigner(checkLife(options.expiresIn ?? 900))

  function contentTypeOf(file: RequestedFile): string {
    const guess = guessContentType(file.name, file.type, ownTypes)
    return isActive(guess) && !limits.accept.names(file.name, guess) ? UNKNOWN_TYPE : guess
  }

  async function answer(request: Request): Promise<unknown> {
    const { files, fields, context } = readPolicyRequest(await readJsonBody(request, maxRequestSize))
    const user = await authorize(request, files, context)
    if (user === null) throw refusal('not-authorized', 'You may not upload here. Sign in, or ask the owner of this page.')
    checkBatch(files, limits)
    const decision = decide(fields)
    const time = now()
    const moment: SigningMoment = signer(await credentials(), time)
    const posts: SignedPost[] = []
    for (const [index, file] of files.entries()) {
      const contentType = contentTypeOf(file)
      checkFile(file, contentType, index, limits)
      const key = await nameObject(file, { user, context, now: time, contentType })
      if (key.includes(FILENAME_WILDCARD)) {
        throw new CosServerError(
          'rules-invalid',
          'The key strategy returned ${filename}. The handler knows the name: use file.name, the policy then admits one key only.',
          {
            field: 'key',
          },
        )
      }
      const size = sizes === 'exact' ? { min: file.size, max: file.size } : { min: limits.minSize, max: limits.maxSize }
      posts.push(moment.sign({ url, bucket, key, keyCondition: keyCondition(key), size, contentType, decision }))
    }
    return { serverTime: new Date(time).toISOString(), posts }
  }

  return async (request) => {
    let headers: Readonly<Record<string, string>> = {}
    try {
      headers = crossOriginHeaders(request, cors)
      switch (request.method) {
        case 'POST':
          return jsonReply(await answer(request), 200, headers)
        case 'GET':
          return jsonReply({ serverTime: new Date(now()).toISOString(), limits: limits.shown, encryption: null }, 200, headers)
        case 'OPTIONS':
          return preflightReply(headers, cors)
        default:
          throw refusal('method-not-allowed', `${request.method} means nothing here. Use POST to ask for signed forms, GET for the limits.`, {
            status: 405,
          })
      }
    } catch (error) {
      return errorReply(error, headers, onError)
    }
  }
}
