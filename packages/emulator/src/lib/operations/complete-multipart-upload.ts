import { authorize } from '../auth/permission.ts'
import { writeDocument } from '../documents/write-document.ts'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { xmlReply, type CosReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { readBody } from '../exchange/read-body.ts'
import { refuseUnknownSettings } from '../objects/header-settings.ts'
import { refuseOverwrite, storeObject } from '../objects/store-object.ts'
import { versionHeaders } from '../objects/version-headers.ts'
import { checkParts } from '../uploads/check-parts.ts'
import { joinParts } from '../uploads/join-parts.ts'
import type { MultipartUpload } from '../uploads/multipart-upload.ts'
import type { Operation } from './operation.ts'

const MAX_BODY = 2 * 1024 * 1024

async function complete(exchange: Exchange, bucket: Bucket, upload: MultipartUpload, document: Uint8Array): Promise<CosReply> {
  const { service } = exchange
  const { key, settings } = upload
  const parts = checkParts(upload, document)
  // Not after gigabytes were joined in vain.
  refuseOverwrite(exchange, bucket, key, settings)
  const { bytes, receiver } = await joinParts(service, parts)
  try {
    const version = await storeObject(exchange, bucket, key, settings, bytes)
    await service.uploads.end(upload)
    const { ETag, ...headers } = versionHeaders(version)
    const xml = writeDocument([
      'CompleteMultipartUploadResult',
      [
        ['Location', exchange.location(key)],
        ['Bucket', bucket.name],
        ['Key', key],
        ['ETag', ETag ?? ''],
      ],
    ])
    return xmlReply(200, xml, headers)
  } catch (error) {
    await receiver.abort()
    throw error
  }
}

/** https://cloud.tencent.com/document/product/436/7742. The ETag stands in the body alone. */
export const completeMultipartUpload: Operation = {
  name: 'complete-multipart-upload',
  async handle(exchange) {
    const bucket = authorize(exchange, 'write')
    refuseUnknownSettings(exchange)
    const { uploads } = exchange.service
    const document = await readBody(exchange, MAX_BODY)
    return uploads.alone(bucket.name, exchange.key ?? '', exchange.param('uploadId') ?? '', (upload) => complete(exchange, bucket, upload, document))
  },
}
