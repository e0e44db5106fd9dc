import { authorize } from '../auth/permission.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import type { Operation } from './operation.ts'

/** Whether the bucket exists and may be read. https://cloud.tencent.com/document/product/436/7735 */
export const headBucket: Operation = {
  name: 'head-bucket',
  handle(exchange) {
    const { region } = authorize(exchange, 'read')
    return Promise.resolve(emptyReply(200, { 'x-cos-bucket-region': region }))
  },
}
