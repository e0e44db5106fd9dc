import { authorize } from '../auth/permission.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import type { Operation } from './operation.ts'

/** Objects that are stored already keep their encryption. https://cloud.tencent.com/document/product/436/40136 */
export const deleteBucketEncryption: Operation = {
  name: 'delete-bucket-encryption',
  handle(exchange) {
    const bucket = authorize(exchange, 'configure')
    exchange.service.buckets.change(bucket.name, { encryption: null })
    return Promise.resolve(emptyReply(204))
  },
}
