import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'

/** @throws {CosError} EntityTooLarge, whatever anybody allows */
export function refuseTooLarge(size: number): void {
  if (size <= MAX_OBJECT_BYTES) return
  const explanation = { condition: `An object has ${MAX_OBJECT_BYTES} bytes at most.`, value: 'more', fix: 'Use a multipart upload.' }
  throw new CosError('EntityTooLarge', { explanation })
}

/** A call with a body says how long it is. @throws {CosError} MissingContentLength, EntityTooLarge */
export function requireLength(exchange: Exchange): void {
  const { contentLength, lengthRequired } = exchange.request
  const explanation = { condition: 'The request has a Content-Length.', value: null, fix: 'Send a body of known length, not a stream.' }
  if (lengthRequired && contentLength === null) throw new CosError('MissingContentLength', { explanation })
  refuseTooLarge(contentLength ?? 0)
}
