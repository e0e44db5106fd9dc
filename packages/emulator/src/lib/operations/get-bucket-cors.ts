import { authorize } from '../auth/permission.ts'
import { writeCorsDocument } from '../documents/cors-document.ts'
import { CosError } from '../errors/cos-error.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import type { Operation } from './operation.ts'

/** https://cloud.tencent.com/document/product/436/8274 */
export const getBucketCors: Operation = {
  name: 'get-bucket-cors',
  handle(exchange) {
    const { cors, corsVary } = authorize(exchange, 'configure')
    if (cors.length === 0) {
      const explanation = { condition: 'The bucket has CORS rules.', value: null, fix: 'Set them with PUT /?cors or in the config.' }
      throw new CosError('NoSuchCORSConfiguration', { explanation })
    }
    return Promise.resolve(xmlReply(200, writeCorsDocument({ rules: cors, responseVary: corsVary })))
  },
}
