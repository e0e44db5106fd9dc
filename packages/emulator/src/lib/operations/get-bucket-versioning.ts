import { authorize } from '../auth/permission.ts'
import { writeVersioningDocument } from '../documents/versioning-document.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import type { Operation } from './operation.ts'

/** https://cloud.tencent.com/document/product/436/19888 */
export const getBucketVersioning: Operation = {
  name: 'get-bucket-versioning',
  handle: (exchange) => Promise.resolve(xmlReply(200, writeVersioningDocument(authorize(exchange, 'configure').versioning))),
}
