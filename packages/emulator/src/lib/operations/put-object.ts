import { authorize } from '../auth/permission.ts'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { readEncryptionSetting } from '../objects/encryption-setting.ts'
import { refuseBadKey } from '../objects/field-refusal.ts'
import { headerSettings, refuseUnknownSettings } from '../objects/header-settings.ts'
import { refuseTooLarge, requireLength } from '../objects/object-length.ts'
import { ObjectReceiver } from '../objects/object-receiver.ts'
import { readSettings, type ObjectSettings } from '../objects/object-settings.ts'
import { checkContentMd5, refuseOverwrite, storeObject } from '../objects/store-object.ts'
import { versionHeaders } from '../objects/version-headers.ts'
import type { ObjectVersion } from '../storage/object-record.ts'
import type { Operation } from './operation.ts'

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
