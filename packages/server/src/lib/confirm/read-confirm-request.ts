import { isRecord } from '../handler/read-policy-request.ts'
import { badRequest } from '../policy/refusal.ts'

/** What the page says it has uploaded. */
export interface ConfirmClaim {
  readonly receipt: string
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** With or without quotes; left out when the page could not read it. */
  readonly etag: string | null
  readonly crc64: string | null
  readonly versionId: string | null
}

function malformed(problem: string): Error {
  return badRequest('request-malformed', problem)
}

function optionalText(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' && value.length <= 1024) return value
  throw malformed(`"${name}" is not a string.`)
}

/** @throws {CosServerError} `refused`: `request-malformed` */
export function readConfirmRequest(body: unknown): ConfirmClaim {
  if (!isRecord(body)) throw malformed('The request is not an object with receipt, key and size.')
  const { receipt, key, size } = body
  if (typeof receipt !== 'string' || typeof key !== 'string') throw malformed('"receipt" or "key" is not a string.')
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw malformed('"size" is not a whole number of bytes.')
  return {
    receipt,
    key,
    size,
    etag: optionalText(body['etag'], 'etag'),
    crc64: optionalText(body['crc64'], 'crc64'),
    versionId: optionalText(body['versionId'], 'versionId'),
  }
}
