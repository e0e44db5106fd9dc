/** How a stored object is encrypted. Nothing is encrypted here: what COS would say about it is kept, and SSE-C's key check. */
export type StoredEncryption =
  | { readonly kind: 'SSE-COS' }
  | { readonly kind: 'SSE-KMS'; readonly keyId: string; readonly context: string | null }
  /** `keyMd5` is the Base64 of the MD5 of the caller's key. The key itself is never kept. */
  | { readonly kind: 'SSE-C'; readonly keyMd5: string }

/** One version of an object, without its bytes. */
export interface ObjectVersion {
  readonly kind: 'object'
  readonly bucket: string
  readonly key: string
  /** `null` (the text) for versions made while versioning was off or suspended. */
  readonly versionId: string
  /** Milliseconds since 1970. */
  readonly lastModified: number
  readonly size: number
  /** Without its quotes. */
  readonly etag: string
  /** Unsigned decimal. */
  readonly crc64: string
  /** Content-Type, Cache-Control and the like, by their usual spelling. */
  readonly headers: Readonly<Record<string, string>>
  /** `x-cos-meta-…`, lower case. */
  readonly metadata: Readonly<Record<string, string>>
  readonly storageClass: string
  /** `default` inherits from the bucket. */
  readonly acl: string
  readonly grants: Readonly<Record<string, string>>
  readonly encryption: StoredEncryption | null
  /** Names the bytes in the storage. */
  readonly blob: string
}

export interface DeleteMarker {
  readonly kind: 'delete-marker'
  readonly bucket: string
  readonly key: string
  readonly versionId: string
  readonly lastModified: number
}

export type ObjectRecord = ObjectVersion | DeleteMarker

/** What `versionId` says for objects made without versioning. */
export const NULL_VERSION = 'null'
