import { authorize } from '../auth/permission.ts'
import { CosError } from '../errors/cos-error.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { encryptionHeaders, readCustomerKey } from '../objects/encryption-setting.ts'
import { headerSettings, refuseUnknownSettings } from '../objects/header-settings.ts'
import { ObjectReceiver } from '../objects/object-receiver.ts'
import { requireLength } from '../objects/object-length.ts'
import { readSettings } from '../objects/object-settings.ts'
import { checkContentMd5 } from '../objects/store-object.ts'
import type { MultipartUpload, UploadedPart } from '../uploads/multipart-upload.ts'
import type { Operation } from './operation.ts'

const MAX_PARTS = 10_000

function readPartNumber(exchange: Exchange): number {
  const text = exchange.param('partNumber') ?? ''
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (number >= 1 && number <= MAX_PARTS) return number
  const explanation = {
    condition: `partNumber is a whole number from 1 to ${MAX_PARTS}.`,
    value: text || null,
    fix: 'Number the parts 1, 2, 3 and so on.',
  }
  throw new CosError('InvalidArgument', { message: `partNumber value invalid:${text}`, explanation })
}

/** The key of an SSE-C upload comes with every part again. */
async function checkCustomerKey(exchange: Exchange, upload: MultipartUpload): Promise<void> {
  const { encryption } = upload.settings
  const given = await readCustomerKey(exchange.service, headerSettings(exchange))
  const expected = encryption?.kind === 'SSE-C' ? encryption.keyMd5 : null
  if ((given?.keyMd5 ?? null) === expected) return
  const condition =
    expected === null
      ? 'The upload was begun without SSE-C, so its parts come without a key.'
      : 'Every part of an SSE-C upload comes with the key of its beginning.'
  const explanation = {
    condition,
    value: given === null ? 'no key' : 'another key',
    fix: 'Send the same three customer headers as to ?uploads, or none.',
  }
  throw new CosError('InvalidArgument', { message: 'x-cos-server-side-encryption-customer-key value invalid', explanation })
}

async function takePart(exchange: Exchange, upload: MultipartUpload, number: number): Promise<UploadedPart> {
  const settings = { ...readSettings(headerSettings(exchange)), encryption: upload.settings.encryption }
  const receiver = await ObjectReceiver.open(exchange.service, settings.trafficLimit)
  try {
    for await (const chunk of exchange.receive()) {
      const pause = receiver.write(chunk)
      if (pause !== undefined) await pause
    }
    const bytes = await receiver.finish()
    await exchange.faults.beforeStore()
    checkContentMd5(settings, bytes)
    const isOpaque = settings.encryption?.kind === 'SSE-KMS' || settings.encryption?.kind === 'SSE-C'
    const etag = isOpaque ? exchange.service.ids.opaque() : bytes.md5
    const part = { number, etag, lastModified: exchange.now(), bytes, receiver }
    await exchange.service.uploads.putPart(upload, part)
    return part
  } catch (error) {
    await receiver.abort()
    throw error
  }
}

/** https://cloud.tencent.com/document/product/436/7750 */
export const uploadPart: Operation = {
  name: 'upload-part',
  async handle(exchange) {
    const bucket = authorize(exchange, 'write')
    const { uploads } = exchange.service
    const number = readPartNumber(exchange)
    refuseUnknownSettings(exchange)
    requireLength(exchange)
    const upload = uploads.find(bucket.name, exchange.key ?? '', exchange.param('uploadId') ?? '')
    await checkCustomerKey(exchange, upload)
    const part = await takePart(exchange, upload, number)
    return emptyReply(200, { ETag: `"${part.etag}"`, 'x-cos-hash-crc64ecma': part.bytes.crc64, ...encryptionHeaders(upload.settings.encryption) })
  },
}
