import { authorize } from '../auth/permission.ts'
import { readVersioningDocument } from '../documents/versioning-document.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import { readBody } from '../exchange/read-body.ts'
import type { Operation } from './operation.ts'

const MAX_BODY = 64 * 1024

/** https://cloud.tencent.com/document/product/436/19889 */
export const putBucketVersioning: Operation = {
  name: 'put-bucket-versioning',
  async handle(exchange) {
    const bucket = authorize(exchange, 'configure')
    const versioning = readVersioningDocument(await readBody(exchange, MAX_BODY))
    exchange.service.buckets.change(bucket.name, { versioning })
    return emptyReply(200)
  },
}
