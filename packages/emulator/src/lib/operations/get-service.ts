import { authenticate } from '../auth/request-auth.ts'
import { writeDocument } from '../documents/write-document.ts'
import { CosError } from '../errors/cos-error.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import { ownerNode } from '../listing/owner-node.ts'
import type { Operation } from './operation.ts'

// Buckets of a config were never created by a call.
const CREATION_DATE = '2019-05-27T11:26:14Z'

/** All buckets of the config: every credential owns them all. https://cloud.tencent.com/document/product/436/8291 */
export const getService: Operation = {
  name: 'get-service',
  handle(exchange) {
    if (authenticate(exchange).kind === 'anonymous') {
      const fix = 'Sign the request. To look around in a browser, ask for text/html.'
      throw new CosError('AccessDenied', {
        explanation: { condition: 'The list of buckets is for signed requests.', value: 'an unsigned request', fix },
      })
    }
    const buckets = exchange.service.buckets.all()
    const xml = writeDocument([
      'ListAllMyBucketsResult',
      [
        ownerNode(buckets[0]?.name ?? '-'),
        [
          'Buckets',
          buckets.map(({ name, region }) => [
            'Bucket',
            [
              ['Name', name],
              ['Location', region],
              ['CreationDate', CREATION_DATE],
            ],
          ]),
        ],
      ],
    ])
    return Promise.resolve(xmlReply(200, xml))
  },
}
