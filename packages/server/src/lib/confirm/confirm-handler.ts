import type { CosClient, CosClientOptions } from '../client/cos-client.ts'
import { createCosClient } from '../client/cos-client.ts'
import { hashProblem, type FileHash, type FileHashType } from '../client/file-hash.ts'
import { objectUrl } from '../client/object-url.ts'
import { timerWait } from '../client/wait.ts'
import { readCredentials } from '../credentials/read-credentials.ts'
import { checkAuthorize, type Authorize, type UploadUser } from '../handler/authorize.ts'
import type { CrossOrigin } from '../handler/cross-origin.ts'
import { readJsonBody } from '../handler/json-body.ts'
import type { ErrorListener } from '../handler/reply.ts'
import { serve, type Handler } from '../handler/serve.ts'
import { addressUrl } from '../policy/bucket-address.ts'
import { invalidOption } from '../policy/invalid-option.ts'
import { refusal } from '../policy/refusal.ts'
import { isCosServerError } from '../server-error.ts'
import { memoryStore } from '../store/memory-store.ts'
import { runOnce } from '../store/run-once.ts'
import type { StorePort } from '../store/store-port.ts'
import { confirmedObject, versionName, type ConfirmedObject } from './confirmed-object.ts'
import { closedName } from './closed-key.ts'
import { readConfirmRequest, type ConfirmClaim } from './read-confirm-request.ts'
import { RECEIPT_LIFE, receiptsOf } from './receipt-secret.ts'

export interface ConfirmHandlerOptions<User extends UploadUser> extends CosClientOptions {
  /** Who is asking? The same as at the policy endpoint, or the receipt is refused; here `files` is empty and `context` undefined. */
  readonly authorize: Authorize<User>
  /**
   * The app's own work for a stored object: a row in its database. Once for each object version, over all servers that share the store; when
   * it throws, the page is told to ask again and it runs again. `eventId` is the same each time: a unique column for it makes even a crash in the middle harmless.
   */
  readonly onUploaded: (object: ConfirmedObject, user: User, options: { readonly eventId: string }) => void | Promise<void>
  /** Shared by all servers of the app, and with the policy endpoint. @default memoryStore() */
  readonly store?: StorePort | undefined
  /** The policy endpoint's. @default made from the SecretKey, when that is permanent */
  readonly receiptSecret?: string | undefined
  /** Lets COS hash the stored object too (Cloud Infinite, some regions); `null` for what it does not hash: from 128 MB on, and archived. @default no */
  readonly fileHash?: FileHashType | undefined
  /** Pages of other origins. @default none */
  readonly cors?: CrossOrigin | undefined
  readonly onError?: ErrorListener | undefined
}

/** The reply. `different`: an object is there, and it is not what the page says it sent. */
export type ConfirmReply =
  | { readonly outcome: 'stored'; readonly object: ConfirmedObject }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'different'; readonly object: ConfirmedObject }

const unquoted = (etag: string): string => etag.replace(/^"(.*)"$/, '$1')

/** Whether the stored object has what the page knows of its upload. What the page could not read, it cannot be held to. */
function isSame(claim: ConfirmClaim, object: ConfirmedObject): boolean {
  if (claim.size !== object.size) return false
  if (claim.crc64 !== null && object.crc64 !== null && claim.crc64 !== object.crc64) return false
  return claim.etag === null || object.etag === null || unquoted(claim.etag) === unquoted(object.etag)
}

/** Without it each upload would be stored, and each question about it answered with a 500. */
function checkOnUploaded(onUploaded: unknown): void {
  if (typeof onUploaded === 'function') return
  throw invalidOption(
    'onUploaded',
    'onUploaded is missing, so the app would hear of no upload. Pass a function, an empty one if there is nothing to do.',
  )
}

/**
 * The endpoint that a page tells of a finished upload, or asks what became of one: `POST {"receipt","key","size","etag"?,"crc64"?,"versionId"?}`.
 * The receipt proves that this user was given this key; COS itself (HEAD) says what is stored.
 * @throws {CosServerError} `rules-invalid` at once, when the options cannot work
 */
export function createConfirmHandler<User extends UploadUser>(options: ConfirmHandlerOptions<User>): Handler {
  const { bucket, authorize, onUploaded, cors, onError, fileHash, now = () => Date.now(), store = memoryStore({ now }) } = options
  checkAuthorize(authorize)
  checkOnUploaded(onUploaded)
  const keys = readCredentials(options.credentials)
  const receipts = receiptsOf(options.receiptSecret, keys, bucket)
  if (receipts === null) {
    throw invalidOption('receiptSecret', 'Receipts need a secret that outlives temporary credentials: give both handlers the same receiptSecret.')
  }
  const problem = fileHash === undefined ? null : hashProblem(fileHash, options.region)
  if (problem !== null) throw invalidOption('fileHash', problem)
  const opened = receipts
  const client: CosClient = createCosClient({ ...options, credentials: keys })
  const bucketUrl = addressUrl(options)
  const wait = options.wait ?? timerWait
  const keepSeconds = 2 * RECEIPT_LIFE

  async function look(claim: ConfirmClaim, signal: AbortSignal): Promise<ConfirmedObject | null> {
    const head = await client.headObject(claim.key, { signal, versionId: claim.versionId })
    if (head === null) return null
    const hash = await hashed(claim.key, head.versionId, signal)
    return confirmedObject(bucket, claim.key, objectUrl(bucketUrl, claim.key).href, head, hash)
  }

  async function hashed(key: string, versionId: string | null, signal: AbortSignal): Promise<FileHash | null> {
    if (fileHash === undefined) return null
    try {
      return await client.getFileHash(key, fileHash, { signal, versionId })
    } catch (error) {
      // It is stored: refused for what COS cannot do, it would be refused for ever.
      if (isCosServerError(error, 'unsupported')) return null
      throw error
    }
  }

  async function confirm(request: Request): Promise<ConfirmReply> {
    const claim = readConfirmRequest(await readJsonBody(request, 16 * 1024))
    const user = await authorize(request, [], undefined)
    if (!user?.id) throw refusal('not-authorized', 'You may not confirm uploads here. Sign in, or ask the owner of this page.')
    const { key, size } = claim
    const { expires } = opened.open(claim.receipt, { key, size, user: user.id, now: now() })
    const object = await look(claim, request.signal)
    if (object === null) return { outcome: 'absent' }
    if (!isSame(claim, object)) return { outcome: 'different', object }
    const eventId = versionName(object)
    const isNew = await runOnce({ store, name: `uploaded:${eventId}`, keepSeconds, wait }, async () => onUploaded(object, user, { eventId }))
    const closed = closedName(bucket, key)
    const before = await store.read(closed)
    // Asked again, it closes what it may have failed to close, and nothing that was signed since.
    if (isNew || expires > Number(before)) await store.swap(closed, before, lastClosed(expires), keepSeconds)
    return { outcome: 'stored', object }
  }

  /** Seconds since 1970: every receipt of until now ends by then, and this one, whose server's clock may be ahead. */
  function lastClosed(expires: number): string {
    return String(Math.max(expires, Math.floor(now() / 1000) + RECEIPT_LIFE))
  }

  return serve({ POST: async (request) => JSON.stringify(await confirm(request)) }, { cors, onError })
}
