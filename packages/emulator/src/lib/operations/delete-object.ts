import { authorize } from '../auth/permission.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import { removeObject } from '../objects/remove-object.ts'
import type { Operation } from './operation.ts'

/** 204, also when there was nothing to remove. https://cloud.tencent.com/document/product/436/7743 */
export const deleteObject: Operation = {
  name: 'delete-object',
  async handle(exchange) {
    const bucket = authorize(exchange, 'write')
    const { versionId, isDeleteMarker } = await removeObject(exchange, bucket, exchange.key ?? '', exchange.param('versionId') || null)
    return emptyReply(204, {
      ...(versionId !== null && { 'x-cos-version-id': versionId }),
      ...(isDeleteMarker && { 'x-cos-delete-marker': 'true' }),
    })
  },
}
