import { authorize } from '../auth/permission.ts'
import { writeDocument, type DocumentNode } from '../documents/write-document.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import { limitParameter, listingParameters } from '../listing/listing-parameters.ts'
import { initiatorNode, isoSeconds, ownerNode } from '../listing/owner-node.ts'
import type { UploadedPart } from '../uploads/multipart-upload.ts'
import type { Operation } from './operation.ts'

function partNode(part: UploadedPart): DocumentNode {
  return [
    'Part',
    [
      ['PartNumber', String(part.number)],
      ['LastModified', isoSeconds(part.lastModified)],
      ['ETag', `"${part.etag}"`],
      ['Size', String(part.bytes.size)],
    ],
  ]
}

/** https://cloud.tencent.com/document/product/436/7747. The page spells `Encoding-type`, as no other listing does. */
export const listParts: Operation = {
  name: 'list-parts',
  handle(exchange) {
    const bucket = authorize(exchange, 'read')
    const upload = exchange.service.uploads.find(bucket.name, exchange.key ?? '', exchange.param('uploadId') ?? '')
    const { limit, encode, encodingType } = listingParameters(exchange, 'max-parts')
    const marker = exchange.param('part-number-marker') ? limitParameter(exchange, 'part-number-marker', 10_000) : 0
    const rest = [...upload.parts.values()].filter(({ number }) => number > marker).toSorted((a, b) => a.number - b.number)
    const parts = rest.slice(0, limit)
    const isTruncated = limit > 0 && rest.length > parts.length
    const xml = writeDocument([
      'ListPartsResult',
      [
        ['Bucket', bucket.name],
        encodingType === null ? null : ['Encoding-type', encodingType],
        ['Key', encode(upload.key)],
        ['UploadId', upload.uploadId],
        ownerNode(bucket.name),
        ['PartNumberMarker', String(marker)],
        initiatorNode(bucket.name),
        ...parts.map(partNode),
        ['StorageClass', upload.settings.storageClass],
        ['MaxParts', String(limit)],
        ['IsTruncated', String(isTruncated)],
        isTruncated ? ['NextPartNumberMarker', String(parts.at(-1)?.number ?? 0)] : null,
      ],
    ])
    return Promise.resolve(xmlReply(200, xml))
  },
}
