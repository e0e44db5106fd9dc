import { authorize } from '../auth/permission.ts'
import { readEncryptionDocument } from '../documents/encryption-document.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import { readBody } from '../exchange/read-body.ts'
import type { Operation } from './operation.ts'

const MAX_BODY = 64 * 1024

/** Applies to objects stored from now on. https://cloud.tencent.com/document/product/436/40134 */
export const putBucketEncryption: Operation = {
  name: 'put-bucket-encryption',
  async handle(exchange) {
    const bucket = authorize(exchange, 'configure')
    const encryption = readEncryptionDocument(await readBody(exchange, MAX_BODY))
    exchange.service.buckets.change(bucket.name, { encryption })
    return emptyReply(200)
  },
}
