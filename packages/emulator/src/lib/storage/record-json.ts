import { NULL_VERSION, type ObjectRecord, type StoredEncryption } from './object-record.ts'

/** A record as it stands on disk, with its place among the versions of its key: a higher order is newer. */
export interface StoredRecord {
  readonly order: number
  readonly record: ObjectRecord
}

type Json = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(json: Json, name: string): string {
  const value = json[name]
  if (typeof value !== 'string') throw new Error(`"${name}" is no text`)
  return value
}

function number(json: Json, name: string): number {
  const value = json[name]
  if (typeof value !== 'number') throw new Error(`"${name}" is no number`)
  return value
}

function texts(json: Json, name: string): Readonly<Record<string, string>> {
  const value = json[name]
  if (!isObject(value)) throw new Error(`"${name}" is no object`)
  return Object.fromEntries(Object.keys(value).map((key) => [key, text(value, key)]))
}

function readEncryption(value: unknown): StoredEncryption | null {
  if (value === null) return null
  if (!isObject(value)) throw new Error('"encryption" is no object')
  switch (value['kind']) {
    case 'SSE-COS':
      return { kind: 'SSE-COS' }
    case 'SSE-KMS':
      return { kind: 'SSE-KMS', keyId: text(value, 'keyId'), context: value['context'] === null ? null : text(value, 'context') }
    case 'SSE-C':
      return { kind: 'SSE-C', keyMd5: text(value, 'keyMd5') }
    default:
      throw new Error('"encryption" is of no known kind')
  }
}

/** Reads what `JSON.stringify` made of a `StoredRecord`. @throws {Error} that says what is wrong */
export function parseStoredRecord(source: string): StoredRecord {
  const json: unknown = JSON.parse(source)
  if (!isObject(json) || !isObject(json['record'])) throw new Error('it is no record')
  const order = number(json, 'order')
  const { record } = json
  const common = {
    bucket: text(record, 'bucket'),
    key: text(record, 'key'),
    versionId: text(record, 'versionId') || NULL_VERSION,
    lastModified: number(record, 'lastModified'),
  }
  if (record['kind'] === 'delete-marker') return { order, record: { kind: 'delete-marker', ...common } }
  return {
    order,
    record: {
      kind: 'object',
      ...common,
      size: number(record, 'size'),
      etag: text(record, 'etag'),
      crc64: text(record, 'crc64'),
      headers: texts(record, 'headers'),
      metadata: texts(record, 'metadata'),
      storageClass: text(record, 'storageClass'),
      acl: text(record, 'acl'),
      grants: texts(record, 'grants'),
      encryption: readEncryption(record['encryption']),
      blob: text(record, 'blob'),
    },
  }
}
