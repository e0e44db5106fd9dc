import type { CosReply } from '../exchange/cos-reply.ts'
import type { ByteSource } from '../exchange/cos-request.ts'
import type { EmulatorClock } from '../exchange/emulator-clock.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { readRange } from '../objects/byte-range.ts'
import { checkConditions, rangeOf } from '../objects/conditional-request.ts'
import { findVersion, requireCustomerKey } from '../objects/find-version.ts'
import { headerSettings } from '../objects/header-settings.ts'
import { objectHeaders } from '../objects/object-headers.ts'
import { readTrafficLimit } from '../objects/object-settings.ts'
import { paced } from '../objects/paced.ts'
import type { Operation } from './operation.ts'

/** GET and HEAD differ in the body alone. */
export async function readObject(exchange: Exchange, withBody: boolean): Promise<CosReply> {
  const version = findVersion(exchange, exchange.key ?? '')
  await requireCustomerKey(exchange, version)
  const headers = objectHeaders(exchange, version)
  checkConditions(exchange, version, headers)
  const range = readRange(rangeOf(exchange, version), version.size)
  const { start, end } = range ?? { start: 0, end: version.size }
  const limit = readTrafficLimit(headerSettings(exchange))
  const { clock, storage } = exchange.service
  return {
    status: range === null ? 200 : 206,
    headers: {
      ...headers,
      'Content-Length': String(end - start),
      ...(range !== null && { 'Content-Range': `bytes ${start}-${end - 1}/${version.size}` }),
    },
    body: withBody ? slowed(storage.readBlob(version, start, end), limit, clock) : null,
  }
}

function slowed(bytes: ByteSource, bitsPerSecond: number | null, clock: EmulatorClock): ByteSource {
  return bitsPerSecond === null ? bytes : paced(bytes, () => bitsPerSecond / 8, clock)
}

/** https://cloud.tencent.com/document/product/436/7753 */
export const getObject: Operation = { name: 'get-object', handle: (exchange) => readObject(exchange, true) }
