import { objectUrl } from '../response/object-url.ts'
import type { UploadResult } from '../upload-result.ts'
import type { ConfirmedObject } from './confirm-port.ts'

/** Whether the object that the server found can be the file: same size and, where both are known, same CRC-64. */
export function isSameFile(object: ConfirmedObject, size: number, crc64: string | null): boolean {
  return object.size === size && (crc64 === null || object.crc64 === null || object.crc64 === crc64)
}

/**
 * The result that a confirmation proves. What storage's own reply said comes first; the server's HEAD fills in what the page could not read.
 * @param crc64 of the file, computed here
 */
export function confirmedResult(object: ConfirmedObject, reply: UploadResult | null, crc64: string | null, action: string): UploadResult {
  const proof = crc64 === null || object.crc64 === null ? 'unavailable' : object.crc64 === crc64 ? 'verified' : 'mismatch'
  const { bucket, key, etag, versionId, encryption } = object
  if (reply === null) {
    const location = object.location ?? objectUrl(action, key)
    return {
      bucket,
      key,
      location,
      etag,
      versionId,
      crc64: object.crc64,
      integrity: proof,
      encryption,
      requestId: null,
      status: null,
      via: 'confirm',
      diagnostics: [],
    }
  }
  const filled = { etag: reply.etag ?? etag, crc64: reply.crc64 ?? object.crc64 }
  const known: ReadonlyMap<string, string | null> = new Map([
    ['ETag', filled.etag],
    ['x-cos-hash-crc64ecma', filled.crc64],
  ])
  return {
    ...reply,
    ...filled,
    bucket: reply.bucket ?? bucket,
    versionId: reply.versionId ?? versionId,
    integrity: reply.integrity === 'unavailable' ? proof : reply.integrity,
    encryption: reply.encryption ?? encryption,
    // That the page could not hash the file stays true.
    diagnostics: reply.diagnostics.filter(({ code, header }) => code === 'file-not-hashed' || !known.get(header)),
  }
}
