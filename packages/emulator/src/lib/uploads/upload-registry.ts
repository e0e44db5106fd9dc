import { CosError } from '../errors/cos-error.ts'
import { KeyLock } from '../storage/key-lock.ts'
import { compareUtf8 } from '../storage/object-index.ts'
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts'

type OpenUpload = MultipartUpload & { readonly parts: Map<number, UploadedPart> }

/** The multipart uploads in progress. They live in memory: a restart forgets them, and the storage clears their temporary files. */
export class UploadRegistry {
  readonly #uploads = new Map<string, OpenUpload>()
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
    return this.#find(bucket, key, uploadId)
  }

  #find(bucket: string, key: string, uploadId: string): OpenUpload {
    const upload = this.#uploads.get(uploadId)
    if (upload === undefined || upload.bucket !== bucket || upload.key !== key) {
      const fix = 'Begin a new upload with POST /<key>?uploads: this one was completed, aborted, or lost with a restart.'
      throw new CosError('NoSuchUpload', {
        explanation: { condition: 'uploadId is an upload of this key that is in progress.', value: uploadId, fix },
      })
    }
    return upload
  }

  /** Takes a part; an earlier one of the same number is let go of. @throws {CosError} NoSuchUpload, when it ended while the part was on its way */
  putPart({ bucket, key, uploadId }: MultipartUpload, part: UploadedPart): Promise<void> {
    return this.#lock.run(uploadId, async () => {
      const { parts } = this.#find(bucket, key, uploadId)
      const replaced = parts.get(part.number)
      parts.set(part.number, part)
      await replaced?.receiver.abort()
    })
  }

  /** Forgets an upload and lets go of its parts' bytes. */
  async end({ uploadId, parts }: MultipartUpload): Promise<void> {
    this.#uploads.delete(uploadId)
    await Promise.all([...parts.values()].map((part) => part.receiver.abort()))
  }

  /** By key, then by id, which is what pages of a listing go by. */
  of(bucket: string): readonly MultipartUpload[] {
    const uploads = [...this.#uploads.values()].filter((upload) => upload.bucket === bucket)
    return uploads.toSorted((a, b) => compareUtf8(a.key, b.key) || compareUtf8(a.uploadId, b.uploadId))
  }
}
