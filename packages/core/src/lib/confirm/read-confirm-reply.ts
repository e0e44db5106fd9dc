import { isRecord } from '../endpoint/is-record.ts'
import type { ConfirmedObject, ConfirmReply } from './confirm-port.ts'

export const notAnAnswer = 'its reply is not {"outcome", "object"}'

type ToldObject = Pick<ConfirmedObject, 'key' | 'size'> & Partial<ConfirmedObject>

/** The answer of an app's server, with `null` for what it leaves out; `null` for what is no answer. */
export function readConfirmReply(value: unknown): ConfirmReply | null {
  if (!isRecord(value)) return null
  const { outcome, object } = value
  if (outcome === 'absent' || outcome === 'different') return { outcome }
  return outcome === 'stored' && isToldObject(object) ? { outcome, object: withoutGaps(object) } : null
}

function isToldObject(value: unknown): value is ToldObject {
  return isRecord(value) && typeof value['key'] === 'string' && typeof value['size'] === 'number'
}

function withoutGaps({ bucket, key, size, etag, crc64, versionId, encryption, location }: ToldObject): ConfirmedObject {
  return {
    bucket: bucket ?? null,
    key,
    size,
    etag: etag ?? null,
    // As a number of JSON it has lost digits, and in another notation it would look like another file's.
    crc64: typeof crc64 === 'string' && /^\d+$/.test(crc64) ? crc64 : null,
    versionId: versionId ?? null,
    encryption: encryption ?? null,
    location: location ?? null,
  }
}
