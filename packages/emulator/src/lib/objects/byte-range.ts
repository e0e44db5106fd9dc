import { CosError } from '../errors/cos-error.ts'

/** Part of an object. */
export interface ByteRange {
  readonly start: number
  /** The byte after the last one. */
  readonly end: number
}

/**
 * One range of a Range header. `null` for the whole object: no header, or one that RFC 9110 §14.2 lets a server ignore (several ranges,
 * another unit). @throws {CosError} InvalidRange
 */
export function readRange(header: string | null, size: number): ByteRange | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec((header ?? '').replaceAll(/\s/g, '')) ?? []
  if (first === '' && last === '') return null
  if (last !== '' && Number(last) < Number(first)) return null
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(Number(last) + 1, size)
  if (start < end) return { start, end }
  throw new CosError('InvalidRange', {
    headers: { 'Content-Range': `bytes */${size}` },
    explanation: { condition: `The object has ${size} bytes.`, value: header, fix: 'Ask for a range within it.' },
  })
}
