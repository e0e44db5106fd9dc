import type { AnyUploadError, ObjectEncryption, UploadItem, UploadResult } from '@cosdrop/core'
import type { Messages } from './messages/messages.ts'

export interface DetailRow {
  readonly label: string
  readonly value: string
  /** What the copy button copies; `null` for a value that nobody would paste. */
  readonly copy: string | null
}

export function encryptionWords(encryption: ObjectEncryption): string {
  switch (encryption.kind) {
    case 'SSE-COS':
      return `SSE-COS ${encryption.algorithm}`
    case 'SSE-KMS':
      return `SSE-KMS ${encryption.algorithm}${encryption.keyId === null ? '' : `, ${encryption.keyId}`}`
    case 'SSE-C':
      return `SSE-C ${encryption.algorithm}${encryption.keyMd5 === null ? '' : `, MD5 ${encryption.keyMd5}`}`
    default:
      return encryption satisfies never
  }
}

function resultRows({ location, crc64, integrity, encryption, requestId }: UploadResult, messages: Messages): readonly DetailRow[] {
  const crc = { verified: messages.crcEqual, unavailable: messages.crcUnchecked, mismatch: messages.crcDifferent }[integrity]
  return [
    { label: messages.location, value: location, copy: location },
    ...(crc64 === null ? [] : [{ label: messages.integrity, value: crc(crc64), copy: crc64 }]),
    { label: messages.encryption, value: encryption === null ? messages.notEncrypted : encryptionWords(encryption), copy: null },
    ...(requestId === null ? [] : [{ label: messages.request, value: requestId, copy: requestId }]),
  ]
}

function errorRows(error: AnyUploadError, messages: Messages): readonly DetailRow[] {
  const rows: DetailRow[] = [{ label: messages.errorCode, value: error.code, copy: error.code }]
  if (error.code !== 'service') return [...rows, { label: messages.report, value: error.message, copy: error.message }]
  const { status, serviceCode, serviceMessage, requestId, traceId } = error.details
  const said = [serviceCode, serviceMessage].filter((text) => text !== null).join(': ')
  rows.push({ label: messages.httpStatus, value: String(status), copy: null })
  if (said !== '') rows.push({ label: messages.storageSaid, value: said, copy: said })
  if (requestId !== null) rows.push({ label: messages.request, value: requestId, copy: requestId })
  if (traceId !== null) rows.push({ label: messages.trace, value: traceId, copy: traceId })
  return rows
}

/** What stands one step behind a settled row. */
export function detailRows(item: UploadItem, messages: Messages): readonly DetailRow[] {
  if (item.status === 'success') return resultRows(item.result, messages)
  return item.status === 'error' ? errorRows(item.error, messages) : []
}
