import { bytesOfBase64 } from '../base64.ts'
import { PolicyDocumentError, type PolicyCondition, type PolicyDocument } from './policy-document.ts'

/** The bytes under the form field `policy`: what the signature covers. @throws {PolicyDocumentError} `not-base64` */
export function decodePolicyBytes(base64: string): Uint8Array<ArrayBuffer> {
  const bytes = bytesOfBase64(base64)
  if (bytes === null)
    throw new PolicyDocumentError('not-base64', 'The policy is not Base64. Send the Base64 of its UTF-8 text, padded, without line breaks.')
  return bytes
}

/** The text under the form field `policy`. @throws {PolicyDocumentError} `not-base64`, or `not-json` when it is not UTF-8 */
export function decodePolicy(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decodePolicyBytes(base64))
  } catch (cause) {
    if (cause instanceof PolicyDocumentError) throw cause
    throw new PolicyDocumentError('not-json', 'The policy is not UTF-8 text.', { cause })
  }
}

const ISO_WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/

/** Milliseconds since 1970, or `null` when the text is not ISO 8601 with a zone. A time without a zone is the classic mistake: local time sent as UTC. */
export function parseExpiration(text: string): number | null {
  if (!ISO_WITH_ZONE.test(text)) return null
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(time) ? null : time
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function bad(condition: unknown, why: string): PolicyDocumentError {
  // A value may be a token.
  const named = Array.isArray(condition) && condition.length === 3
  const shown = JSON.stringify(condition, function (this: unknown, key, part: unknown) {
    return typeof part === 'string' && !(named && this === condition && key !== '2') ? '…' : part
  })
  return new PolicyDocumentError('bad-condition', `The condition ${shown} ${why}.`)
}

// The `$` is optional in arrays and allowed in objects: both were seen accepted by the service (facts 1.7).
function withoutDollar(name: string): string {
  return name.startsWith('$') ? name.slice(1) : name
}

function isLength(value: unknown): value is number {
  // Signers that count in 64 bits write their largest number, which is read as 2^63, for "no limit".
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 2 ** 63
}

function parseList(list: readonly unknown[]): PolicyCondition {
  const [operator, first, second] = list
  if (list.length !== 3) throw bad(list, 'does not have three parts')
  if (operator === 'content-length-range') {
    if (!isLength(first) || !isLength(second) || first > second) throw bad(list, 'needs two whole numbers of bytes, the smaller one first')
    return { kind: 'content-length-range', min: first, max: second }
  }
  if (operator !== 'eq' && operator !== 'starts-with') throw bad(list, 'starts with none of eq, starts-with, content-length-range')
  if (typeof first !== 'string' || typeof second !== 'string') throw bad(list, 'needs a field name and a value, both strings')
  return { kind: operator, field: withoutDollar(first), value: second }
}

function parseCondition(condition: unknown): PolicyCondition {
  if (Array.isArray(condition)) return parseList(condition)
  if (!isRecord(condition)) throw bad(condition, 'is neither an object nor an array')
  const entries = Object.entries(condition)
  const [entry] = entries
  if (entry === undefined || entries.length !== 1) throw bad(condition, 'must name exactly one field')
  const [name, value] = entry
  if (typeof value !== 'string') throw bad(condition, 'needs a string as its value')
  return { kind: 'eq', field: withoutDollar(name), value }
}

/** Reads a policy's text. @throws {PolicyDocumentError} `not-json`, `no-conditions`, `bad-condition`, `bad-expiration` */
export function parsePolicy(text: string): PolicyDocument {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new PolicyDocumentError('not-json', 'The policy is not JSON.', { cause })
  }
  if (!isRecord(value)) throw new PolicyDocumentError('not-json', 'The policy is not a JSON object.')
  const { expiration, conditions } = value
  if (!Array.isArray(conditions) || conditions.length === 0) throw new PolicyDocumentError('no-conditions', 'The policy has no "conditions".')
  if (typeof expiration !== 'string' || parseExpiration(expiration) === null) {
    throw new PolicyDocumentError('bad-expiration', 'The policy\'s "expiration" is not ISO 8601 with a zone, such as 2019-08-30T09:38:12.414Z.')
  }
  return { expiration, conditions: conditions.map(parseCondition) }
}
