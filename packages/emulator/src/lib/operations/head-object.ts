import { readObject } from './get-object.ts'
import type { Operation } from './operation.ts'

/** https://cloud.tencent.com/document/product/436/7745 */
export const headObject: Operation = { name: 'head-object', handle: (exchange) => readObject(exchange, false) }
