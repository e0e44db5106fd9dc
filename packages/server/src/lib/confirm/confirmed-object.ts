import type { ObjectEncryption } from '@cosdrop/protocol'
import type { ObjectHead } from '../client/cos-client.ts'
import type { FileHash } from '../client/file-hash.ts'

/** A stored object as COS's own answer describes it, not as the page says. */
export interface ConfirmedObject {
  readonly bucket: string
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** With its quotes. */
  readonly etag: string | null
  /** Unsigned decimal text: it exceeds 2^53. */
  readonly crc64: string | null
  /** `null` when versioning is off or suspended. */
  readonly versionId: string | null
  readonly encryption: ObjectEncryption | null
  /** The object's URL, unsigned. */
  readonly location: string
  readonly contentType: string | null
  /** As in HTTP: `Fri, 10 Apr 2020 18:17:25 GMT`. */
  readonly lastModified: string | null
  /** User metadata by its name without `x-cos-meta-`. */
  readonly metadata: Readonly<Record<string, string>>
  /** Computed by COS when the option `fileHash` asks for it, of what it hashes: below 128 MB, and not archived. */
  readonly hash: FileHash | null
}

export function confirmedObject(bucket: string, key: string, location: string, head: ObjectHead, hash: FileHash | null): ConfirmedObject {
  const { size, etag, crc64, versionId, encryption, contentType, lastModified, metadata } = head
  return { bucket, key, size, etag, crc64, versionId, encryption, location, contentType, lastModified, metadata, hash }
}

/** Names one version of one object. Without versioning an overwritten object differs by its ETag or its time. */
export function versionName(object: ConfirmedObject): string {
  return JSON.stringify([object.bucket, object.key, object.versionId ?? [object.etag, object.lastModified]])
}
