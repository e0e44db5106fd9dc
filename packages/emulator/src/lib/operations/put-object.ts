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
import { readSettings, type ObjectSettings } from '../objects/object-settings.ts'
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
      return value === null ? null : fromHeaderBytes(value)
    },
    entries: () => Array.from(exchange.request.headers, ([name, value]) => [name, fromHeaderBytes(value)] as const),
  }
}

/** A copy has no body: taken for an upload, it would empty the object. @throws {CosError} NotImplemented */
export function refuseCopy(exchange: Exchange): void {
  if (exchange.header('x-cos-copy-source') === null) return
  const explanation = {
    condition: 'The emulator has this call.',
    value: 'x-cos-copy-source',
    fix: 'Read the object and upload it: copies are not among its calls.',
  }
  throw new CosError('NotImplemented', { explanation })
}

/** A PUT says how long it is. @throws {CosError} MissingContentLength, EntityTooLarge */
export function requireLength(exchange: Exchange): void {
  const { contentLength, lengthRequired } = exchange.request
  const explanation = { condition: 'The request has a Content-Length.', value: null, fix: 'Send a body of known length, not a stream.' }
  if (lengthRequired && contentLength === null) throw new CosError('MissingContentLength', { explanation })
  if (contentLength !== null && contentLength > MAX_OBJECT_BYTES) {
    const condition = `An object has ${MAX_OBJECT_BYTES} bytes at most.`
    throw new CosError('EntityTooLarge', { explanation: { condition, value: `${contentLength} bytes`, fix: 'Use a multipart upload.' } })
  }
}

async function receive(exchange: Exchange, bucket: Bucket, key: string, settings: ObjectSettings): Promise<ObjectVersion> {
  const receiver = await ObjectReceiver.open(exchange.service, settings.trafficLimit)
  try {
    for await (const chunk of exchange.receive()) {
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
    refuseCopy(exchange)
    requireLength(exchange)
    const source = headerSettings(exchange)
    const settings = { ...readSettings(source), encryption: await readEncryptionSetting(exchange.service, bucket, source) }
    refuseOverwrite(exchange, bucket, key, settings)
    return emptyReply(200, versionHeaders(await receive(exchange, bucket, key, settings)))
  },
}
