import { authorize } from '../auth/permission.ts'
import { writeDocument } from '../documents/write-document.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import { readBody } from '../exchange/read-body.ts'
import { refuseOverwrite, storeObject } from '../objects/store-object.ts'
import { versionHeaders } from '../objects/version-headers.ts'
import { checkParts } from '../uploads/check-parts.ts'
import { joinParts } from '../uploads/join-parts.ts'
import type { Operation } from './operation.ts'

const MAX_BODY = 2 * 1024 * 1024

/** https://cloud.tencent.com/document/product/436/7742. The ETag stands in the body alone. */
export const completeMultipartUpload: Operation = {
  name: 'complete-multipart-upload',
  async handle(exchange) {
    const bucket = authorize(exchange, 'write')
    const { service } = exchange
    const key = exchange.key ?? ''
    const upload = service.uploads.find(bucket.name, key, exchange.param('uploadId') ?? '')
    const parts = checkParts(upload, await readBody(exchange, MAX_BODY))
    refuseOverwrite(exchange, bucket, key, upload.settings)
    const { bytes, receiver } = await joinParts(service, parts)
    try {
      const version = await storeObject(exchange, bucket, key, upload.settings, bytes)
      await service.uploads.end(upload.uploadId)
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
  },
}
