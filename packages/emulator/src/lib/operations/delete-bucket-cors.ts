import { authorize } from '../auth/permission.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import type { Operation } from './operation.ts'

/** 204, also when there were no rules. https://cloud.tencent.com/document/product/436/8283 */
export const deleteBucketCors: Operation = {
  name: 'delete-bucket-cors',
  handle(exchange) {
    const bucket = authorize(exchange, 'configure')
    exchange.service.buckets.change(bucket.name, { cors: [], corsVary: false })
    return Promise.resolve(emptyReply(204))
  },
}
