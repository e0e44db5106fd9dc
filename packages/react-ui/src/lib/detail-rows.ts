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

/** Headers that storage sent and the bucket's CORS rule hides from the page. */
export function hiddenHeaders(result: UploadResult): readonly string[] {
  return result.diagnostics.filter(({ code }) => code === 'header-not-exposed').map(({ header }) => header)
}

function integrityRow(result: UploadResult, messages: Messages): readonly DetailRow[] {
  const { crc64, integrity } = result
  const label = messages.integrity
  if (crc64 !== null) {
    const words = { verified: messages.crcEqual, unavailable: messages.crcUnchecked, mismatch: messages.crcDifferent }[integrity]
    return [{ label, value: words(crc64), copy: crc64 }]
  }
  return hiddenHeaders(result).includes('x-cos-hash-crc64ecma') ? [{ label, value: messages.crcHidden, copy: null }] : []
}

function resultRows(result: UploadResult, messages: Messages): readonly DetailRow[] {
  const { location, encryption, requestId } = result
  return [
    { label: messages.location, value: location, copy: location },
    ...integrityRow(result, messages),
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
