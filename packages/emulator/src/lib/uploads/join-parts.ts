import { ObjectReceiver, type ReceivedBytes } from '../objects/object-receiver.ts'
import type { Service } from '../service.ts'
import type { UploadedPart } from './multipart-upload.ts'

/** The MD5 of the parts' MD5s, and how many there are. COS's own formula is not published; this is the one of S3. */
async function joinedEtag(service: Service, parts: readonly UploadedPart[]): Promise<string> {
  const digest = await service.digests.md5()
  for (const { bytes } of parts) digest.update(Uint8Array.from(bytes.md5.match(/../g) ?? [], (pair) => parseInt(pair, 16)))
  return `${digest.hex()}-${parts.length}`
}

/** Writes the parts one after the other into one blob. Its `md5` is the joined ETag: an object of parts has no MD5 of its own. */
export async function joinParts(service: Service, parts: readonly UploadedPart[]): Promise<{ bytes: ReceivedBytes; receiver: ObjectReceiver }> {
  const receiver = await ObjectReceiver.open(service, null)
  try {
    for (const part of parts) {
      for await (const chunk of part.receiver.read()) await receiver.write(chunk)
    }
    const bytes = await receiver.finish()
    return { bytes: { ...bytes, md5: await joinedEtag(service, parts) }, receiver }
  } catch (error) {
    await receiver.abort()
    throw error
  }
}
