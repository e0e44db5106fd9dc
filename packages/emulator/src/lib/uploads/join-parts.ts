import { ObjectReceiver, type ReceivedBytes } from '../objects/object-receiver.ts'
import type { Service } from '../service.ts'
import { NULL_VERSION, type ObjectVersion } from '../storage/object-record.ts'
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts'

/** A part as the storage can read it. */
function readable(upload: MultipartUpload, part: UploadedPart): ObjectVersion {
  const { bytes } = part
  const { settings, bucket, key } = upload
  return { kind: 'object', bucket, key, versionId: NULL_VERSION, lastModified: part.lastModified, etag: part.etag, ...settings, ...bytes }
}

/** The MD5 of the parts' MD5s, and how many there are. COS's own formula is not published; this is the one of S3. */
async function joinedEtag(service: Service, parts: readonly UploadedPart[]): Promise<string> {
  const digest = await service.digests.md5()
  for (const { bytes } of parts) digest.update(Uint8Array.from(bytes.md5.match(/../g) ?? [], (pair) => parseInt(pair, 16)))
  return `${digest.hex()}-${parts.length}`
}

/** Writes the parts one after the other into one blob. Its `md5` is the joined ETag: an object of parts has no MD5 of its own. */
export async function joinParts(
  service: Service,
  upload: MultipartUpload,
  parts: readonly UploadedPart[],
): Promise<{ bytes: ReceivedBytes; receiver: ObjectReceiver }> {
  const receiver = await ObjectReceiver.open(service, null)
  try {
    for (const part of parts) {
      for await (const chunk of service.storage.readBlob(readable(upload, part), 0, part.bytes.size)) {
        const pause = receiver.write(chunk)
        if (pause !== undefined) await pause
      }
    }
    const bytes = await receiver.finish()
    return { bytes: { ...bytes, md5: await joinedEtag(service, parts) }, receiver }
  } catch (error) {
    await receiver.abort()
    throw error
  }
}
