import { CosError } from '../errors/cos-error.ts'
import { KeyLock } from '../storage/key-lock.ts'
import { compareUtf8 } from '../storage/object-index.ts'
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts'

/** The multipart uploads in progress. They live in memory: a restart forgets them, and the storage clears their temporary files. */
export class UploadRegistry {
  readonly #uploads = new Map<string, MultipartUpload & { readonly parts: Map<number, UploadedPart> }>()
  readonly #lock = new KeyLock()

  begin(upload: Omit<MultipartUpload, 'parts'>): void {
    this.#uploads.set(upload.uploadId, { ...upload, parts: new Map() })
  }

  /**
   * Does one thing to an upload at a time: completed twice at once it would be two objects, and aborted meanwhile part of one.
   * @throws {CosError} NoSuchUpload, also when what came before ended it
   */
  alone<Result>(bucket: string, key: string, uploadId: string, work: (upload: MultipartUpload) => Promise<Result>): Promise<Result> {
    return this.#lock.run(uploadId, () => work(this.find(bucket, key, uploadId)))
  }

  /** @throws {CosError} NoSuchUpload, for an id of another object as well */
  find(bucket: string, key: string, uploadId: string): MultipartUpload {
    const upload = this.#uploads.get(uploadId)
    if (upload === undefined || upload.bucket !== bucket || upload.key !== key) {
      const fix = 'Begin a new upload with POST /<key>?uploads: this one was completed, aborted, or lost with a restart.'
      throw new CosError('NoSuchUpload', {
        explanation: { condition: 'uploadId is an upload of this key that is in progress.', value: uploadId, fix },
      })
    }
    return upload
  }

  /** Takes a part; an earlier one of the same number is let go of. */
  putPart(upload: MultipartUpload, part: UploadedPart): Promise<void> {
    return this.#lock.run(upload.uploadId, async () => {
      const current = this.#uploads.get(upload.uploadId)
      // Aborted while the part was on its way.
      if (current === undefined) return part.receiver.abort()
      const replaced = current.parts.get(part.number)
      current.parts.set(part.number, part)
      await replaced?.receiver.abort()
    })
  }

  /** Forgets an upload and lets go of its parts' bytes. */
  async end(uploadId: string): Promise<void> {
    const upload = this.#uploads.get(uploadId)
    this.#uploads.delete(uploadId)
    await Promise.all([...(upload?.parts.values() ?? [])].map((part) => part.receiver.abort()))
  }

  /** By key, then in the order in which they began. */
  of(bucket: string): readonly MultipartUpload[] {
    return [...this.#uploads.values()].filter((upload) => upload.bucket === bucket).toSorted((a, b) => compareUtf8(a.key, b.key))
  }
}
