import type { Exchange } from '../exchange/exchange.ts'
import type { ObjectVersion } from '../storage/object-record.ts'
import { hasControl } from './header-text.ts'
import { versionHeaders } from './version-headers.ts'

const OVERRIDES = [
  ['response-content-type', 'Content-Type'],
  ['response-content-language', 'Content-Language'],
  ['response-expires', 'Expires'],
  ['response-cache-control', 'Cache-Control'],
  ['response-content-disposition', 'Content-Disposition'],
  ['response-content-encoding', 'Content-Encoding'],
] as const

/** The `response-*` parameters of a signed GET, that replace stored headers. */
function overrides(exchange: Exchange): Readonly<Record<string, string>> {
  if (exchange.caller.kind === 'anonymous') return {}
  return Object.fromEntries(
    OVERRIDES.flatMap(([parameter, header]) => {
      const value = exchange.param(parameter)
      return value === null || hasControl(value) ? [] : [[header, value] as const]
    }),
  )
}

/** The headers of a GET or HEAD, but for the length. */
export function objectHeaders(exchange: Exchange, version: ObjectVersion): Readonly<Record<string, string>> {
  return {
    ...version.headers,
    ...overrides(exchange),
    'Accept-Ranges': 'bytes',
    'Last-Modified': new Date(version.lastModified).toUTCString(),
    ...versionHeaders(version),
    // HEAD and GET leave it out for STANDARD (facts §9).
    ...(version.storageClass !== 'STANDARD' && { 'x-cos-storage-class': version.storageClass }),
    ...version.metadata,
  }
}
