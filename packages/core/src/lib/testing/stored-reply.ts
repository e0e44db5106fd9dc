import type { ConfirmedObject, ConfirmReply } from '../confirm/confirm-port.ts'

/** What a server answers that finds an object in storage: the first file `a` of ten bytes, where it is not told otherwise. */
export function storedReply(part: Partial<ConfirmedObject> = {}): ConfirmReply {
  const object = { bucket: 'b', key: 'uploads/1/a', size: 10, etag: '"e"', crc64: null, versionId: null, encryption: null, location: null, ...part }
  return { outcome: 'stored', object }
}
