import type { Exchange } from '../exchange/exchange.ts'
import { isMetadataField, utf8Length } from '@cosdrop/protocol'
import { CosError } from '../errors/cos-error.ts'
import type { StoredEncryption } from '../storage/object-record.ts'
import { refuseBadValue } from './field-refusal.ts'
import { hasControl } from './header-text.ts'
import type { SettingSource } from './setting-source.ts'

/** What an upload says about the object, apart from its bytes. */
export interface ObjectSettings {
  readonly headers: Readonly<Record<string, string>>
  readonly metadata: Readonly<Record<string, string>>
  readonly storageClass: string
  readonly acl: string
  readonly grants: Readonly<Record<string, string>>
  readonly encryption: StoredEncryption | null
  /** Base64, as sent. */
  readonly contentMd5: string | null
  /** Bits a second. */
  readonly trafficLimit: number | null
  readonly forbidOverwrite: boolean
}

const STORED_HEADERS = ['Cache-Control', 'Content-Disposition', 'Content-Encoding', 'Content-Type', 'Expires'] as const
const GRANTS = ['x-cos-grant-read', 'x-cos-grant-read-acp', 'x-cos-grant-write-acp', 'x-cos-grant-full-control'] as const
const TRAFFIC_LIMIT = 'x-cos-traffic-limit'
const MAX_METADATA_BYTES = 2048
const HEADER_TOKEN = /^[!#$%&'*+.^`|~\w-]+$/

function given(source: SettingSource, name: string): string | null {
  const value = source.get(name)
  if (value === null || value === '') return null
  refuseBadValue(name, value)
  if (hasControl(value)) refuseControl(name)
  return value
}

function refuseControl(name: string): never {
  throw new CosError('InvalidArgument', {
    message: `${name} value invalid`,
    explanation: { condition: `${name} can stand in a header.`, value: 'a control character', fix: 'Take line breaks and control characters out.' },
  })
}

function givenOf(source: SettingSource, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given(source, name)
      return value === null ? [] : [[name, value] as const]
    }),
  )
}

function readMetadata(source: SettingSource): Readonly<Record<string, string>> {
  const metadata: Record<string, string> = {}
  let bytes = 0
  for (const [name, value] of source.entries()) {
    if (!isMetadataField(name)) continue
    refuseBadValue(name, value)
    if (!HEADER_TOKEN.test(name) || hasControl(value)) refuseControl('x-cos-meta-*')
    metadata[name.toLowerCase()] = value
    bytes += utf8Length(name) + utf8Length(value)
  }
  if (bytes > MAX_METADATA_BYTES) {
    const explanation = {
      condition: `All user metadata takes ${MAX_METADATA_BYTES} bytes at most.`,
      value: `${bytes} bytes`,
      fix: 'Send less of it.',
    }
    throw new CosError('KeyTooLong', { explanation })
  }
  return metadata
}

/** Of all settings the one that a signed URL can carry, for who can set no header. */
export function querySetting(exchange: Exchange, name: string): string | null {
  return name === TRAFFIC_LIMIT ? exchange.param(name) : null
}

/** Bits a second; `null`: as fast as it goes. Of uploads and downloads. @throws {CosError} InvalidArgument */
export function readTrafficLimit(source: SettingSource): number | null {
  const limit = given(source, TRAFFIC_LIMIT)
  return limit === null ? null : Number(limit)
}

/** Reads and checks everything but encryption, which needs the bucket and a hash. @throws {CosError} */
export function readSettings(source: SettingSource): Omit<ObjectSettings, 'encryption'> {
  const acl = source.get(source.aclName) ?? ''
  refuseBadValue('acl', acl)
  return {
    // Not documented; what COS stores when nobody says (facts 1.9).
    headers: { 'Content-Type': 'application/octet-stream', ...givenOf(source, STORED_HEADERS) },
    metadata: readMetadata(source),
    storageClass: given(source, 'x-cos-storage-class') ?? 'STANDARD',
    acl: acl || 'default',
    grants: givenOf(source, GRANTS),
    contentMd5: given(source, 'Content-MD5'),
    trafficLimit: readTrafficLimit(source),
    forbidOverwrite: given(source, 'x-cos-forbid-overwrite') === 'true',
  }
}
