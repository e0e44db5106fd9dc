import { authorize } from '../auth/permission.ts'
import { writeDocument, type DocumentNode } from '../documents/write-document.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import { listPage } from '../listing/list-keys.ts'
import { listingParameters } from '../listing/listing-parameters.ts'
import { isoSeconds, ownerNode } from '../listing/owner-node.ts'
import type { ObjectStorage } from '../storage/object-storage.ts'
import type { ObjectVersion } from '../storage/object-record.ts'
import type { Operation } from './operation.ts'

function* currentObjects(storage: ObjectStorage, bucket: string): Generator<ObjectVersion, void, undefined> {
  for (const key of storage.keysOf(bucket)) {
    const [newest] = storage.versionsOf(bucket, key)
    if (newest?.kind === 'object') yield newest
  }
}

function contentsNode(object: ObjectVersion, encode: (name: string) => string): DocumentNode {
  return [
    'Contents',
    [
      ['Key', encode(object.key)],
      ['LastModified', isoSeconds(object.lastModified)],
      ['ETag', `"${object.etag}"`],
      ['Size', String(object.size)],
      ownerNode(object.bucket),
      ['StorageClass', object.storageClass],
    ],
  ]
}

/** GET Bucket (List Objects). https://cloud.tencent.com/document/product/436/7734 */
export const listObjects: Operation = {
  name: 'list-objects',
  handle(exchange) {
    const bucket = authorize(exchange, 'read')
    const { encode, ...parameters } = listingParameters(exchange, 'max-keys')
    const marker = exchange.param('marker') ?? ''
    const page = listPage(currentObjects(exchange.service.storage, bucket.name), { ...parameters, marker })
    const next = page.last === null ? null : 'key' in page.last ? page.last.key : page.last.commonPrefix
    const xml = writeDocument([
      'ListBucketResult',
      [
        ['Name', bucket.name],
        parameters.encodingType === null ? null : ['EncodingType', parameters.encodingType],
        ['Prefix', encode(parameters.prefix)],
        ['Marker', encode(marker)],
        ['MaxKeys', String(parameters.limit)],
        parameters.delimiter === '' ? null : ['Delimiter', encode(parameters.delimiter)],
        ['IsTruncated', String(next !== null)],
        next === null ? null : ['NextMarker', encode(next)],
        ...page.commonPrefixes.map((prefix): DocumentNode => ['CommonPrefixes', [['Prefix', encode(prefix)]]]),
        ...page.items.map((object) => contentsNode(object, encode)),
      ],
    ])
    return Promise.resolve(xmlReply(200, xml, { 'x-cos-bucket-region': bucket.region }))
  },
}
