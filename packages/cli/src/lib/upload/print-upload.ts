import type { ObjectEncryption } from '@cosdrop/protocol'
import type { Messages } from '../messages/messages.ts'
import { formatBytes } from '../terminal/format-bytes.ts'
import type { Printer } from '../terminal/printer.ts'
import { padColumns, widest } from '../terminal/text-width.ts'

/** What there is to tell of a stored file. */
export interface UploadSummary {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly key: string
  readonly status: number
  readonly location: string | null
  readonly etag: string | null
  readonly versionId: string | null
  readonly crc64: string | null
  readonly integrity: 'verified' | 'unavailable' | 'mismatch'
  readonly encryption: ObjectEncryption | null
  readonly requestId: string | null
}

export function printUpload(summary: UploadSummary, { upload }: Messages, out: Printer): void {
  const { style } = out
  const integrity = { verified: style.good, unavailable: style.doubtful, mismatch: style.bad }[summary.integrity](upload[summary.integrity])
  const rows = [
    ['Key', summary.key],
    [upload.location, summary.location],
    ['ETag', summary.etag],
    [upload.versionId, summary.versionId ?? upload.notVersioned],
    [upload.integrity, summary.crc64 === null ? integrity : `${summary.crc64}  ${integrity}`],
    ['SSE', summary.encryption?.kind ?? null],
    [upload.requestId, summary.requestId],
  ] as const
  const shown = rows.filter(([, text]) => text !== null)
  const columns = widest(shown.map(([label]) => label))
  const mark = summary.integrity === 'mismatch' ? style.bad('✗') : style.good('✓')
  out.line(`${mark} ${upload.stored({ name: summary.name, size: formatBytes(summary.size) })}`)
  for (const [label, text] of shown) out.line(`  ${style.quiet(padColumns(label, columns))}  ${text}`)
}
