import type { ObjectReceiver, ReceivedBytes } from '../objects/object-receiver.ts'
import type { ObjectSettings } from '../objects/object-settings.ts'

/** A part that was received whole. */
export interface UploadedPart {
  readonly number: number
  /** Without its quotes. */
  readonly etag: string
  /** Milliseconds since 1970. */
  readonly lastModified: number
  readonly bytes: ReceivedBytes
  /** Its bytes stay under a temporary name until the upload is completed; this lets go of them. */
  readonly receiver: ObjectReceiver
}

/** A multipart upload that was begun and neither completed nor aborted. */
export interface MultipartUpload {
  readonly uploadId: string
  readonly bucket: string
  readonly key: string
  /** Milliseconds since 1970. */
  readonly initiatedAt: number
  readonly settings: ObjectSettings
  readonly parts: ReadonlyMap<number, UploadedPart>
}
