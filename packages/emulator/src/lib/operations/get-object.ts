import type { CosReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { readRange } from '../objects/byte-range.ts'
import { checkConditions, rangeOf } from '../objects/conditional-request.ts'
import { findVersion, requireCustomerKey } from '../objects/find-version.ts'
import { objectHeaders } from '../objects/object-headers.ts'
import type { Operation } from './operation.ts'

/** GET and HEAD differ in the body alone. */
export async function readObject(exchange: Exchange, withBody: boolean): Promise<CosReply> {
  const version = findVersion(exchange, exchange.key ?? '')
  await requireCustomerKey(exchange, version)
  const headers = objectHeaders(exchange, version)
  checkConditions(exchange, version, headers)
  const range = readRange(rangeOf(exchange, version), version.size)
  const { start, end } = range ?? { start: 0, end: version.size }
  return {
    status: range === null ? 200 : 206,
    headers: {
      ...headers,
      'Content-Length': String(end - start),
      ...(range !== null && { 'Content-Range': `bytes ${start}-${end - 1}/${version.size}` }),
    },
    body: withBody ? exchange.service.storage.readBlob(version, start, end) : null,
  }
}

/** https://cloud.tencent.com/document/product/436/7753 */
export const getObject: Operation = { name: 'get-object', handle: (exchange) => readObject(exchange, true) }
