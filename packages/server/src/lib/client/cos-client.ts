import { readErrorXml, readResponseHeaders, type ObjectEncryption, type ResponseHeaders } from '@cosdrop/protocol'
import type { CredentialsInput, CredentialsSource } from '../credentials/credentials.ts'
import { readCredentials, toProvider } from '../credentials/read-credentials.ts'
import { addressUrl, type BucketAddress } from '../policy/bucket-address.ts'
import { readBucketEncryption } from './bucket-encryption.ts'
import { checkHashable, HASH_PATIENCE, readFileHash, type FileHash, type FileHashType } from './file-hash.ts'
import { objectUrl } from './object-url.ts'
import { presignUrl } from './sign-request.ts'
import { createSignedFetch, serviceError } from './signed-fetch.ts'
import { timerWait, type Wait } from './wait.ts'

export interface CosClientOptions extends BucketAddress {
  readonly credentials: CredentialsInput | CredentialsSource
  /** @default the platform's */
  readonly fetch?: typeof fetch | undefined
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined
  /** Attempts in all when COS answers 5xx, not at all, or nothing for nine seconds. @default 3 */
  readonly attempts?: number | undefined
  /** Pauses between attempts. @default setTimeout */
  readonly wait?: Wait | undefined
  /** Spreads the pauses, from 0 to 1. @default Math.random */
  readonly random?: (() => number) | undefined
}

/** What HEAD tells of a stored object. */
export interface ObjectHead extends ResponseHeaders {
  /** Bytes. */
  readonly size: number
  /** `null` is STANDARD: COS leaves the header out (facts §9). */
  readonly storageClass: string | null
  /** User metadata by its name without `x-cos-meta-`. */
  readonly metadata: Readonly<Record<string, string>>
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

interface VersionOptions extends CallOptions {
  /** `null`, as a confirmed object has it without versioning: the newest. */
  readonly versionId?: string | null | undefined
}

/** The few signed calls that an upload needs around it. All throw `CosServerError`: `service`, `unreachable`, `credentials-unavailable`. */
export interface CosClient {
  /** HEAD Object; `null` when there is no such object (or version). */
  headObject(key: string, options?: VersionOptions): Promise<ObjectHead | null>
  /**
   * A link to the object for whoever has it. Makes no request.
   * @param options.expiresIn seconds. @default 900
   * @param options.download the name under which a browser saves it
   */
  getObjectUrl(
    key: string,
    options?: { readonly expiresIn?: number | undefined; readonly versionId?: string | null | undefined; readonly download?: string | undefined },
  ): Promise<string>
  /** GET Bucket encryption; `null` when the bucket has no default. Needs the permission GetBucketEncryption. */
  getBucketEncryption(options?: CallOptions): Promise<ObjectEncryption | null>
  /**
   * The hash of a stored object, computed by COS (Cloud Infinite, billed). `null` when there is no such object. Throws `unsupported` before
   * the call for 128 MB and more, for other regions and for archived objects.
   * @param options.addToHeader keeps it as `x-cos-meta-<type>`. @default false
   */
  getFileHash(key: string, type: FileHashType, options?: VersionOptions & { readonly addToHeader?: boolean | undefined }): Promise<FileHash | null>
  /** DELETE Object. An object that does not exist counts as deleted. */
  deleteObject(key: string, options?: VersionOptions): Promise<{ readonly deleteMarker: boolean; readonly versionId: string | null }>
}

function metadataOf(headers: Headers): Readonly<Record<string, string>> {
  const prefix = 'x-cos-meta-'
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]))
}

export function createCosClient(options: CosClientOptions): CosClient {
  const bucketUrl = addressUrl(options)
  const credentials = toProvider(readCredentials(options.credentials))
  const now = options.now ?? Date.now
  const send = createSignedFetch({
    credentials,
    now,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    wait: options.wait ?? timerWait,
    random: options.random ?? Math.random,
    attempts: options.attempts ?? 3,
  })

  function address(key: string, query: Readonly<Record<string, string | null | undefined>>): URL {
    const url = objectUrl(bucketUrl, key)
    for (const [name, value] of Object.entries(query)) if (typeof value === 'string') url.searchParams.set(name, value)
    // URLSearchParams writes a space as "+", which is a form's habit; COS documents percent-encoding.
    url.search = url.search.replaceAll('+', '%20')
    return url
  }

  const client: CosClient = {
    async headObject(key, { versionId, signal } = {}) {
      const reply = await send({ method: 'HEAD', url: address(key, { versionId }), signal })
      if (reply.status === 404) return null
      if (reply.status !== 200) throw serviceError(reply, `HEAD of "${key}"`)
      const headers = readResponseHeaders((name) => reply.headers.get(name))
      return {
        ...headers,
        size: headers.contentLength ?? 0,
        storageClass: reply.headers.get('x-cos-storage-class'),
        metadata: metadataOf(reply.headers),
      }
    },
    async getObjectUrl(key, { expiresIn, versionId, download } = {}) {
      // Of a name that was cut there may be half a character left, which has no encoding.
      const name = download?.replaceAll(/\p{Surrogate}/gu, '\ufffd')
      const disposition = name === undefined ? undefined : `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
      const url = address(key, { versionId, 'response-content-disposition': disposition })
      return presignUrl({ url, credentials: await credentials(), now: now(), expiresIn })
    },
    async getBucketEncryption({ signal } = {}) {
      const reply = await send({ method: 'GET', url: new URL(`${bucketUrl}?encryption`), signal })
      if (reply.status === 200) return readBucketEncryption(reply.body)
      if (reply.status === 404 && readErrorXml(reply.body)?.code === 'NoSuchEncryptionConfiguration') return null
      throw serviceError(reply, 'GET Bucket encryption')
    },
    async getFileHash(key, type, { addToHeader = false, versionId, signal } = {}) {
      const head = await client.headObject(key, { signal, versionId })
      if (head === null) return null
      checkHashable(options.region, head.size, head.storageClass)
      const url = address(key, { 'ci-process': 'filehash', type, addtoheader: addToHeader ? 'true' : undefined, versionId })
      const reply = await send({ method: 'GET', url, signal, patience: HASH_PATIENCE })
      if (reply.status !== 200) throw serviceError(reply, `the file hash of "${key}"`)
      return readFileHash(reply.body, type)
    },
    async deleteObject(key, { versionId, signal } = {}) {
      const reply = await send({ method: 'DELETE', url: address(key, { versionId }), signal })
      const gone = reply.status === 404 && readErrorXml(reply.body)?.code === 'NoSuchKey'
      if (reply.status !== 200 && reply.status !== 204 && !gone) throw serviceError(reply, `DELETE of "${key}"`)
      return { deleteMarker: reply.headers.get('x-cos-delete-marker') === 'true', versionId: reply.headers.get('x-cos-version-id') }
    },
  }
  return client
}
