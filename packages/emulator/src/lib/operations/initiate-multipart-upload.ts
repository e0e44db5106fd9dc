import { authorize } from '../auth/permission.ts'
import { writeDocument } from '../documents/write-document.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import { encryptionHeaders, readEncryptionSetting } from '../objects/encryption-setting.ts'
import { refuseBadKey } from '../objects/field-refusal.ts'
import { headerSettings, refuseUnknownSettings } from '../objects/header-settings.ts'
import { readSettings } from '../objects/object-settings.ts'
import type { Operation } from './operation.ts'

/** https://cloud.tencent.com/document/product/436/7746 */
export const initiateMultipartUpload: Operation = {
  name: 'initiate-multipart-upload',
  async handle(exchange) {
    const bucket = authorize(exchange, 'write')
    const { ids, uploads } = exchange.service
    const key = exchange.key ?? ''
    refuseBadKey(key)
    refuseUnknownSettings(exchange)
    const source = headerSettings(exchange)
    const settings = { ...readSettings(source), encryption: await readEncryptionSetting(exchange.service, bucket, source) }
    await exchange.faults.beforeStore()
    // As COS writes it: Unix seconds, then 64 hex digits.
    const uploadId = `${Math.floor(exchange.now() / 1000)}${ids.opaque()}${ids.opaque()}`
    uploads.begin({ uploadId, bucket: bucket.name, key, initiatedAt: exchange.now(), settings })
    const xml = writeDocument([
      'InitiateMultipartUploadResult',
      [
        ['Bucket', bucket.name],
        ['Key', key],
        ['UploadId', uploadId],
      ],
    ])
    return xmlReply(200, xml, encryptionHeaders(settings.encryption))
  },
}
