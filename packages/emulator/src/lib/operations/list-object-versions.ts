import { authorize } from '../auth/permission.ts'
import type { Versioning } from '../config/emulator-config.ts'
import { writeDocument, type DocumentNode } from '../documents/write-document.ts'
import { CosError } from '../errors/cos-error.ts'
import { microsecondsOf } from '../exchange/id-source.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import { listPage } from '../listing/list-keys.ts'
import { listingParameters } from '../listing/listing-parameters.ts'
import { isoSeconds, ownerNode } from '../listing/owner-node.ts'
import type { ObjectStorage } from '../storage/object-storage.ts'
import { NULL_VERSION, type ObjectRecord } from '../storage/object-record.ts'
import type { Operation } from './operation.ts'

interface Entry {
  readonly key: string
  readonly record: ObjectRecord
  readonly isLatest: boolean
  /** Its place among the versions of its key, the newest first. */
  readonly index: number
}

function* allVersions(storage: ObjectStorage, bucket: string): Generator<Entry, void, undefined> {
  for (const key of storage.keysOf(bucket)) {
    for (const [index, record] of storage.versionsOf(bucket, key).entries()) yield { key, record, isLatest: index === 0, index }
  }
}

/** Empty in a bucket that never had versioning. https://cloud.tencent.com/document/product/436/35521, `VersionId` */
function shownVersionId(versionId: string, versioning: Versioning): string {
  return versioning === 'off' && versionId === NULL_VERSION ? '' : versionId
}

function entryNode({ record, isLatest }: Entry, versioning: Versioning, encode: (name: string) => string): DocumentNode {
  const common: readonly DocumentNode[] = [
    ['Key', encode(record.key)],
    ['VersionId', shownVersionId(record.versionId, versioning)],
    ['IsLatest', String(isLatest)],
    ['LastModified', isoSeconds(record.lastModified)],
  ]
  if (record.kind === 'delete-marker') return ['DeleteMarker', [...common, ownerNode(record.bucket)]]
  const own: readonly DocumentNode[] = [
    ['ETag', `"${record.etag}"`],
    ['Size', String(record.size)],
    ['StorageClass', record.storageClass],
  ]
  return ['Version', [...common, ...own, ownerNode(record.bucket)]]
}

function nextNodes(
  last: Entry | { readonly commonPrefix: string } | null,
  versioning: Versioning,
  encode: (name: string) => string,
): readonly DocumentNode[] {
  if (last === null) return []
  const isEntry = 'record' in last
  return [
    ['NextKeyMarker', encode(isEntry ? last.key : last.commonPrefix)],
    ['NextVersionIdMarker', isEntry ? shownVersionId(last.record.versionId, versioning) : ''],
  ]
}

/** GET Bucket Object versions. https://cloud.tencent.com/document/product/436/35521 */
export const listObjectVersions: Operation = {
  name: 'list-object-versions',
  handle(exchange) {
    const bucket = authorize(exchange, 'read')
    const { storage } = exchange.service
    const { encode, ...parameters } = listingParameters(exchange, 'max-keys')
    const marker = exchange.param('key-marker') ?? ''
    const versionMarker = exchange.param('version-id-marker') ?? ''
    if (versionMarker !== '' && marker === '') {
      const explanation = { condition: 'version-id-marker goes with key-marker.', value: versionMarker, fix: 'Send both markers of the last page.' }
      throw new CosError('InvalidArgument', { message: 'version-id-marker needs key-marker', explanation })
    }
    const markerIndex = storage.versionsOf(bucket.name, marker).findIndex((record) => record.versionId === versionMarker)
    // The marker may have been removed since: who empties a bucket does that page by page. The null version is mostly from before versioning.
    const markerTime = microsecondsOf(versionMarker) ?? 0
    const isOlder = ({ versionId }: ObjectRecord): boolean => (microsecondsOf(versionId) ?? 0) < markerTime
    const isAfterMarker = ({ index, record }: Entry): boolean => (markerIndex < 0 ? isOlder(record) : index > markerIndex)
    const page = listPage(allVersions(storage, bucket.name), { ...parameters, marker }, isAfterMarker)
    const xml = writeDocument([
      'ListVersionsResult',
      [
        parameters.encodingType === null ? null : ['EncodingType', parameters.encodingType],
        ['Name', bucket.name],
        ['Prefix', encode(parameters.prefix)],
        ['KeyMarker', encode(marker)],
        ['VersionIdMarker', versionMarker],
        ['MaxKeys', String(parameters.limit)],
        ['IsTruncated', String(page.last !== null)],
        ...nextNodes(page.last, bucket.versioning, encode),
        parameters.delimiter === '' ? null : ['Delimiter', encode(parameters.delimiter)],
        ...page.commonPrefixes.map((prefix): DocumentNode => ['CommonPrefixes', [['Prefix', encode(prefix)]]]),
        ...page.items.map((entry) => entryNode(entry, bucket.versioning, encode)),
      ],
    ])
    return Promise.resolve(xmlReply(200, xml))
  },
}
