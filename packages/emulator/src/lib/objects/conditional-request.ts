import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { ObjectVersion } from '../storage/object-record.ts'

/** A weak tag says enough for who may keep what he has, and too little for If-Match (RFC 9110 §13.1.1). */
function listsEtag(header: string, version: ObjectVersion, mark: 'strong' | 'weak'): boolean {
  const tags = header.split(',').map((part) => (mark === 'weak' ? part.trim().replace(/^W\//, '') : part.trim()))
  return tags.some((tag) => tag === '*' || tag.replaceAll('"', '') === version.etag)
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

function precondition(header: string, version: ObjectVersion): CosError {
  const value = `ETag "${version.etag}", last modified ${new Date(version.lastModified).toUTCString()}`
  return new CosError('PreconditionFailed', { explanation: { condition: header, value, fix: 'Read the object again, or drop the condition.' } })
}

/** If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since, in the order of RFC 9110 §13.2.2. @throws {CosError} PreconditionFailed, NotModified */
export function checkConditions(exchange: Exchange, version: ObjectVersion, replyHeaders: Readonly<Record<string, string>>): void {
  const modified = seconds(version.lastModified)
  const date = (name: string): number => seconds(Date.parse(exchange.header(name) ?? ''))
  const ifMatch = exchange.header('if-match')
  if (ifMatch !== null && !listsEtag(ifMatch, version, 'strong')) throw precondition(`If-Match: ${ifMatch}`, version)
  if (ifMatch === null && modified > date('if-unmodified-since')) throw precondition('If-Unmodified-Since', version)
  const ifNoneMatch = exchange.header('if-none-match')
  const isUnchanged = ifNoneMatch === null ? modified <= date('if-modified-since') : listsEtag(ifNoneMatch, version, 'weak')
  if (isUnchanged) throw new CosError('NotModified', { headers: replyHeaders })
}

/** The Range header, or `null` when If-Range says that the caller's part is of another object (RFC 9110 §13.1.5): it gets the whole one. */
export function rangeOf(exchange: Exchange, version: ObjectVersion): string | null {
  const ifRange = exchange.header('if-range')
  const isSame = ifRange === null || ifRange === `"${version.etag}"` || ifRange === new Date(version.lastModified).toUTCString()
  return isSame ? exchange.header('range') : null
}
