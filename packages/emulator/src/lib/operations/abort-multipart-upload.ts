import { authorize } from '../auth/permission.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import type { Operation } from './operation.ts'

/** https://cloud.tencent.com/document/product/436/7740 */
export const abortMultipartUpload: Operation = {
  name: 'abort-multipart-upload',
  async handle(exchange) {
    const bucket = authorize(exchange, 'write')
    const { uploads } = exchange.service
    await uploads.alone(bucket.name, exchange.key ?? '', exchange.param('uploadId') ?? '', (upload) => uploads.end(upload))
    return emptyReply(204)
  },
}
