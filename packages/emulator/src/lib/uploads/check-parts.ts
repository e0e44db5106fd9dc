import { childText } from '@cosdrop/protocol'
import { readDocument } from '../documents/read-document.ts'
import { malformedXml } from '../documents/malformed-xml.ts'
import { CosError } from '../errors/cos-error.ts'
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts'

const MIN_PART_BYTES = 1024 * 1024

interface NamedPart {
  readonly number: number
  readonly etag: string
}

function readParts(bytes: Uint8Array): readonly NamedPart[] {
  const root = readDocument(bytes, ['CompleteMultipartUpload'])
  const parts = root.children
    .filter((child) => child.name === 'Part')
    .map((part) => ({
      number: Number(childText(part, 'PartNumber') || NaN),
      etag: (childText(part, 'ETag') ?? '').trim().replaceAll('"', ''),
    }))
  if (parts.length === 0 || parts.some(({ number }) => !Number.isSafeInteger(number))) {
    throw malformedXml('CompleteMultipartUpload names at least one Part with PartNumber and ETag.', null, 'List every part that was uploaded.')
  }
  return parts
}

function invalidPart(condition: string, value: string, fix: string): CosError {
  return new CosError('InvalidPart', { explanation: { condition, value, fix } })
}

/** All parts but the last. */
function refuseSmall(parts: readonly UploadedPart[]): void {
  const small = parts.slice(0, -1).find(({ bytes }) => bytes.size < MIN_PART_BYTES)
  if (small === undefined) return
  const value = `part ${small.number} has ${small.bytes.size} bytes`
  const explanation = { condition: 'Every part but the last has 1 MB or more.', value, fix: 'Use parts of 1 MB (1048576 bytes) or more.' }
  throw new CosError('EntityTooSmall', { explanation })
}

/**
 * The parts that a Complete Multipart Upload names, in order, after all of its rules: numbers 1, 2, 3 … without a gap, the ETags that
 * Upload Part gave, and 1 MB at least except for the last. https://cloud.tencent.com/document/product/436/7742
 * @throws {CosError} MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall
 */
export function checkParts(upload: MultipartUpload, bytes: Uint8Array): readonly UploadedPart[] {
  const named = readParts(bytes)
  const numbers = named.map(({ number }) => number)
  if (numbers.some((number, index) => number <= (numbers[index - 1] ?? 0))) {
    const explanation = { condition: 'Part numbers ascend.', value: numbers.join(', '), fix: 'Sort the parts by PartNumber.' }
    throw new CosError('InvalidPartOrder', { explanation })
  }
  const parts = named.map(({ number, etag }, index) => {
    const part = upload.parts.get(number)
    if (number !== index + 1)
      throw invalidPart('Part numbers run 1, 2, 3 without a gap.', numbers.join(', '), 'Upload the missing part, or number the parts anew.')
    if (part === undefined) throw invalidPart('Every named part was uploaded.', `part ${number} was not`, 'Upload it first.')
    if (part.etag !== etag) throw invalidPart(`Part ${number} has the ETag ${part.etag}.`, etag, 'Send the ETag that Upload Part answered with.')
    return part
  })
  refuseSmall(parts)
  return parts
}
