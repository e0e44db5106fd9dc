import { authorize } from '../auth/permission.ts'
import { writeDocument, type DocumentNode } from '../documents/write-document.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import { listPage } from '../listing/list-keys.ts'
import { listingParameters } from '../listing/listing-parameters.ts'
import { initiatorNode, isoSeconds, ownerNode } from '../listing/owner-node.ts'
import type { MultipartUpload } from '../uploads/multipart-upload.ts'
import type { Operation } from './operation.ts'

function uploadNode(upload: MultipartUpload, encode: (name: string) => string): DocumentNode {
  return [
    'Upload',
    [
      ['Key', encode(upload.key)],
      ['UploadId', upload.uploadId],
      ['StorageClass', upload.settings.storageClass],
      initiatorNode(upload.bucket),
      ownerNode(upload.bucket),
      ['Initiated', isoSeconds(upload.initiatedAt)],
    ],
  ]
}

/** https://cloud.tencent.com/document/product/436/7736. The page spells `Encoding-Type`, as no other listing does. */
export const listMultipartUploads: Operation = {
  name: 'list-multipart-uploads',
  handle(exchange) {
    const bucket = authorize(exchange, 'read')
    const { encode, ...parameters } = listingParameters(exchange, 'max-uploads')
    const marker = exchange.param('key-marker') ?? ''
    const idMarker = exchange.param('upload-id-marker') ?? ''
    // The marker may have been aborted since: who clears a bucket does that page by page.
    const isAfterMarker = ({ uploadId }: MultipartUpload): boolean => idMarker !== '' && uploadId > idMarker
    const page = listPage(exchange.service.uploads.of(bucket.name), { ...parameters, marker }, isAfterMarker)
    const { last } = page
    const next: readonly DocumentNode[] =
      last === null
        ? []
        : [
            ['NextKeyMarker', encode('uploadId' in last ? last.key : last.commonPrefix)],
            ['NextUploadIdMarker', 'uploadId' in last ? last.uploadId : ''],
          ]
    const xml = writeDocument([
      'ListMultipartUploadsResult',
      [
        ['Bucket', bucket.name],
        parameters.encodingType === null ? null : ['Encoding-Type', parameters.encodingType],
        ['KeyMarker', encode(marker)],
        ['UploadIdMarker', idMarker],
        ...next,
        ['MaxUploads', String(parameters.limit)],
        ['IsTruncated', String(last !== null)],
        ['Prefix', encode(parameters.prefix)],
        parameters.delimiter === '' ? null : ['Delimiter', encode(parameters.delimiter)],
        ...page.items.map((upload) => uploadNode(upload, encode)),
        ...page.commonPrefixes.map((prefix): DocumentNode => ['CommonPrefixes', [['Prefix', encode(prefix)]]]),
      ],
    ])
    return Promise.resolve(xmlReply(200, xml))
  },
}
