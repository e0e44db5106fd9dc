import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import { authorize } from '../auth/permission.ts'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { CosError } from '../errors/cos-error.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { readEncryptionSetting } from '../objects/encryption-setting.ts'
import { refuseBadKey } from '../objects/field-refusal.ts'
import { fromHeaderBytes } from '../objects/header-text.ts'
import { ObjectReceiver } from '../objects/object-receiver.ts'
import { querySetting, readSettings, type ObjectSettings } from '../objects/object-settings.ts'
import type { SettingSource } from '../objects/setting-source.ts'
import { checkContentMd5, refuseOverwrite, storeObject } from '../objects/store-object.ts'
import { versionHeaders } from '../objects/version-headers.ts'
import type { ObjectVersion } from '../storage/object-record.ts'
import type { Operation } from './operation.ts'

/** A PUT's settings stand in its headers, as UTF-8. */
export function headerSettings(exchange: Exchange): SettingSource {
  return {
    aclName: 'x-cos-acl',
    get: (name) => {
      const value = exchange.header(name)
      return value === null ? querySetting(exchange, name) : fromHeaderBytes(value)
    },
    entries: () => Array.from(exchange.request.headers, ([name, value]) => [name, fromHeaderBytes(value)] as const),
  }
}

// Each stores or answers something else than the plain upload. A copy has no body besides: taken for an upload, it would empty the object.
const UNKNOWN_SETTINGS = ['x-cos-copy-source', 'Pic-Operations', 'x-cos-callback', 'x-cos-return-body', 'x-cos-tagging'] as const

/** @throws {CosError} NotImplemented, for what would be another call with the same address */
export function refuseUnknownSettings(exchange: Exchange): void {
  const value = UNKNOWN_SETTINGS.find((name) => exchange.header(name) !== null)
  if (value === undefined) return
  const explanation = {
    condition: 'The emulator has this call.',
    value,
    fix: `Upload the bytes without ${value}: copies, callbacks, tags and image processing are not among its calls.`,
  }
  throw new CosError('NotImplemented', { explanation })
}

function refuseTooLarge(size: number): void {
  if (size <= MAX_OBJECT_BYTES) return
  const condition = `An object has ${MAX_OBJECT_BYTES} bytes at most.`
  throw new CosError('EntityTooLarge', { explanation: { condition, value: `${size} bytes`, fix: 'Use a multipart upload.' } })
}

/** A call with a body says how long it is. @throws {CosError} MissingContentLength, EntityTooLarge */
export function requireLength(exchange: Exchange): void {
  const { contentLength, lengthRequired } = exchange.request
  const explanation = { condition: 'The request has a Content-Length.', value: null, fix: 'Send a body of known length, not a stream.' }
  if (lengthRequired && contentLength === null) throw new CosError('MissingContentLength', { explanation })
  refuseTooLarge(contentLength ?? 0)
}

async function receive(exchange: Exchange, bucket: Bucket, key: string, settings: ObjectSettings): Promise<ObjectVersion> {
  const receiver = await ObjectReceiver.open(exchange.service, settings.trafficLimit)
  try {
    for await (const chunk of exchange.receive()) {
      refuseTooLarge(receiver.size + chunk.length)
      const pause = receiver.write(chunk)
      if (pause !== undefined) await pause
    }
    const received = await receiver.finish()
    checkContentMd5(settings, received)
    return await storeObject(exchange, bucket, key, settings, received)
  } catch (error) {
    await receiver.abort()
    throw error
  }
}

/** https://cloud.tencent.com/document/product/436/7749 */
export const putObject: Operation = {
  name: 'put-object',
  async handle(exchange) {
    const bucket = authorize(exchange, 'write')
    const key = exchange.key ?? ''
    refuseBadKey(key)
    refuseUnknownSettings(exchange)
    // Its page alone of all pages has Transfer-Encoding among the headers.
    if (exchange.header('transfer-encoding') === null) requireLength(exchange)
    const source = headerSettings(exchange)
    const settings = { ...readSettings(source), encryption: await readEncryptionSetting(exchange.service, bucket, source) }
    refuseOverwrite(exchange, bucket, key, settings)
    return emptyReply(200, versionHeaders(await receive(exchange, bucket, key, settings)))
  },
}
