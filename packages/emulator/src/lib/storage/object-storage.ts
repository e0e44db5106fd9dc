import type { ByteSource } from '../exchange/cos-request.ts'
import type { ObjectRecord, ObjectVersion } from './object-record.ts'

/** Bytes on their way into the storage: under a temporary name until `ObjectStorage.put` takes them. */
export interface BlobWriter {
  /** Returns a promise only when the caller should wait before it brings more. The storage may keep `bytes`. */
  write(bytes: Uint8Array): Promise<void> | undefined
  /** All bytes are safe; returns the blob's name. */
  finish(): Promise<string>
  /** The bytes again, after `finish` and before `put` takes them: the parts of a multipart upload. */
  read(): ByteSource
  /** Leaves nothing behind. Safe at any time, also after `finish`, as long as `put` did not take the blob. */
  abort(): Promise<void>
}

/** Port: where objects live. Records are in memory in every storage; bytes may be elsewhere. */
export interface ObjectStorage {
  createBlob(): Promise<BlobWriter>
  /** @param start first byte @param end the byte after the last one */
  readBlob(record: ObjectRecord & { readonly kind: 'object' }, start: number, end: number): ByteSource
  /** Newest first; empty when the key was never stored. */
  versionsOf(bucket: string, key: string): readonly ObjectRecord[]
  /** Keys that have at least one version, in the order of their UTF-8 bytes. */
  keysOf(bucket: string): readonly string[]
  /**
   * Makes a version visible, at once or not at all. A record with the id `null` takes the place of the earlier `null` version.
   * Returns false, and stores nothing, when `onlyIfAbsent` is set and the key's newest version is an object.
   */
  put(record: ObjectRecord, options?: { readonly onlyIfAbsent?: boolean }): Promise<boolean>
  /** Changes what is said about a stored version, as it is by now; its bytes stay. Of one that was overwritten or removed meanwhile nothing is said. */
  update(version: ObjectVersion, change: (stored: ObjectVersion) => ObjectVersion): Promise<void>
  /** Removes one version for good; `null` when there is none. */
  remove(bucket: string, key: string, versionId: string): Promise<ObjectRecord | null>
  /** Everything is written; temporary files are gone. */
  close(): Promise<void>
}
