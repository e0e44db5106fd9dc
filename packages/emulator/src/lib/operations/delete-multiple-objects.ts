import { authorize } from '../auth/permission.ts'
import { readDeleteDocument, writeDeleteResult, type DeleteResult } from '../documents/delete-document.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import { readBody } from '../exchange/read-body.ts'
import { removeObject } from '../objects/remove-object.ts'
import type { Operation } from './operation.ts'

const MAX_BODY = 2 * 1024 * 1024

/** https://cloud.tencent.com/document/product/436/8289 */
export const deleteMultipleObjects: Operation = {
  name: 'delete-multiple-objects',
  async handle(exchange) {
    const bucket = authorize(exchange, 'write')
    const { objects, quiet } = readDeleteDocument(await readBody(exchange, MAX_BODY))
    const results: DeleteResult[] = []
    for (const { key, versionId } of objects) {
      const removal = await removeObject(exchange, bucket, key, versionId)
      results.push({ key, versionId, deleteMarkerVersionId: removal.isDeleteMarker ? removal.versionId : null })
    }
    return xmlReply(200, writeDeleteResult(results, quiet))
  },
}
