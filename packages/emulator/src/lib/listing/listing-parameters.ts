import { camEncode } from '@cosdrop/protocol'
import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'

const MAX = 1000

export interface ListingParameters {
  readonly prefix: string
  readonly delimiter: string
  readonly limit: number
  /** `url` or nothing. */
  readonly encodingType: string | null
  /** Encodes a name for the reply when the caller asked for that. */
  readonly encode: (name: string) => string
}

function invalid(name: string, value: string, condition: string, fix: string): CosError {
  return new CosError('InvalidArgument', { message: `${name} value invalid:${value}`, explanation: { condition, value, fix } })
}

/** A whole number in the query. Larger ones than the maximum count as the maximum. @throws {CosError} InvalidArgument */
export function limitParameter(exchange: Exchange, name: string, max: number = MAX): number {
  const value = exchange.param(name)
  if (value === null || value === '') return max
  if (!/^\d+$/.test(value)) throw invalid(name, value, `${name} is a whole number up to ${max}.`, 'Write digits.')
  return Math.min(Number(value), max)
}

/** What all listings have in common. @param limitName `max-keys`, `max-uploads` @throws {CosError} InvalidArgument */
export function listingParameters(exchange: Exchange, limitName: string): ListingParameters {
  const encodingType = exchange.param('encoding-type') || null
  if (encodingType !== null && encodingType !== 'url') {
    throw invalid('encoding-type', encodingType, 'encoding-type is url, or left out.', 'Write encoding-type=url.')
  }
  return {
    prefix: exchange.param('prefix') ?? '',
    delimiter: exchange.param('delimiter') ?? '',
    limit: limitParameter(exchange, limitName),
    encodingType,
    encode: encodingType === null ? (name) => name : camEncode,
  }
}
