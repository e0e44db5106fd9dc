import { authorize } from '../auth/permission.ts'
import { readCorsDocument } from '../documents/cors-document.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import { readBody } from '../exchange/read-body.ts'
import type { Operation } from './operation.ts'

// More than the 64 KB that the document may have, so that the refusal is about the document.
const MAX_BODY = 128 * 1024

/** Takes effect with the next request. https://cloud.tencent.com/document/product/436/8279 */
export const putBucketCors: Operation = {
  name: 'put-bucket-cors',
  async handle(exchange) {
    const bucket = authorize(exchange, 'configure')
    const { rules, responseVary } = readCorsDocument(await readBody(exchange, MAX_BODY))
    exchange.service.buckets.change(bucket.name, { cors: rules, corsVary: responseVary })
    return emptyReply(200)
  },
}
