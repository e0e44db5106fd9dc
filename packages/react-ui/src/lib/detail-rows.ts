import type { AnyUploadError, ObjectEncryption, UploadItem, UploadResult } from '@cosdrop/core'
import type { Messages } from './messages/messages.ts'

export interface DetailRow {
  readonly label: string
  readonly value: string
  /** What the copy button copies; `null` for a value that nobody would paste. */
  readonly copy: string | null
}

export function encryptionWords(encryption: ObjectEncryption): string {
  const { kind, algorithm } = encryption
  const key = kind === 'SSE-KMS' ? encryption.keyId : kind === 'SSE-C' && encryption.keyMd5 !== null ? `MD5 ${encryption.keyMd5}` : null
  return `${kind} ${algorithm}${key ? `, ${key}` : ''}`
}

/** Headers that storage sent and the bucket's CORS rule hides from the page. */
export function hiddenHeaders(result: UploadResult): readonly string[] {
  return result.diagnostics.filter(({ code }) => code === 'header-not-exposed').map(({ header }) => header)
}

/** None for a value that is not there. */
function row(label: string, value: string | null, copy: string | null = value): readonly DetailRow[] {
  return value === null ? [] : [{ label, value, copy }]
}

function integrityRow(result: UploadResult, messages: Messages): readonly DetailRow[] {
  const { crc64, integrity } = result
  const label = messages.integrity
  if (crc64 === null) return row(label, hiddenHeaders(result).includes('x-cos-hash-crc64ecma') ? messages.crcHidden : null, null)
  const words = { verified: messages.crcEqual, unavailable: messages.crcUnchecked, mismatch: messages.crcDifferent }[integrity]
  return row(label, words(crc64), crc64)
}

function resultRows(result: UploadResult, messages: Messages): readonly DetailRow[] {
  const { location, encryption, requestId } = result
  return [
    ...row(messages.location, location),
    ...integrityRow(result, messages),
    ...row(messages.encryption, encryption === null ? messages.notEncrypted : encryptionWords(encryption), null),
    ...row(messages.request, requestId),
  ]
}

function errorRows(error: AnyUploadError, messages: Messages): readonly DetailRow[] {
  const code = row(messages.errorCode, error.code)
  if (error.code !== 'service') return [...code, ...row(messages.report, error.message)]
  const { status, serviceCode, serviceMessage, requestId, traceId } = error.details
  const said = [serviceCode, serviceMessage].filter((text) => text !== null).join(': ')
  return [
    ...code,
    ...row(messages.httpStatus, String(status), null),
    ...row(messages.storageSaid, said || null),
    ...row(messages.request, requestId),
    ...row(messages.trace, traceId),
  ]
}

/** What stands one step behind a settled row. */
export function detailRows(item: UploadItem, messages: Messages): readonly DetailRow[] {
  if (item.status === 'success') return resultRows(item.result, messages)
  return item.status === 'error' ? errorRows(item.error, messages) : []
}
