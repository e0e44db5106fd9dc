import { expandFilename } from '@cosdrop/protocol'
import type { Bucket } from '../buckets/bucket-registry.ts'
import { CosError } from '../errors/cos-error.ts'
import type { CosReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { readEncryptionSetting } from '../objects/encryption-setting.ts'
import { refuseBadKey, refuseBadValue } from '../objects/field-refusal.ts'
import { refuseTooLarge } from '../objects/object-length.ts'
import { ObjectReceiver } from '../objects/object-receiver.ts'
import { querySetting, readSettings, type ObjectSettings } from '../objects/object-settings.ts'
import type { SettingSource } from '../objects/setting-source.ts'
import { checkContentMd5, refuseOverwrite, storeObject } from '../objects/store-object.ts'
import type { ObjectVersion } from '../storage/object-record.ts'
import { authorizeForm } from '../post-object/form-auth.ts'
import { readFormBody, type FileSink } from '../post-object/form-body.ts'
import type { FormFields } from '../post-object/form-fields.ts'
import { rangeError } from '../post-object/policy-refusal.ts'
import { postReply } from '../post-object/post-reply.ts'
import type { SizeLimits } from '../post-object/size-limits.ts'
import type { Operation } from './operation.ts'

// Settings that the mini-program SDK sends as headers of the POST (facts 1.2).
const HEADER_SETTINGS = /^x-cos-(?:forbid-overwrite|traffic-limit|server-side-encryption.*)$/i

function formSettings(exchange: Exchange, fields: FormFields): SettingSource {
  return {
    aclName: 'acl',
    get: (name) => fields.get(name) ?? (HEADER_SETTINGS.test(name) ? exchange.header(name) : null) ?? querySetting(exchange, name),
    entries: () => fields.entries(),
  }
}

// More than what a form has behind its file, and less than anybody should send in vain.
const MAX_TAIL_BYTES = 1_048_576

function refuseUnfit(size: number, limits: SizeLimits): void {
  if (size > limits.max) throw rangeError('EntityTooLarge', limits, size)
  refuseTooLarge(size)
}

/** A file that is too large by the Content-Length of its form need not be read to be refused. */
function refuseTooLong({ request, receivedBytes }: Exchange, limits: SizeLimits): void {
  if (request.contentLength !== null) refuseUnfit(request.contentLength - receivedBytes - MAX_TAIL_BYTES, limits)
}

function readKey(fields: FormFields, filename: string | null): string {
  const template = fields.get('key')
  if (template === null) {
    const explanation = {
      condition: 'The form has the field key.',
      value: null,
      fix: 'Append key before the file; fields after the file do not count.',
    }
    throw new CosError('InvalidArgument', { message: 'key is required', explanation })
  }
  const key = expandFilename(template, filename)
  refuseBadKey(key)
  return key
}

/** One POST Object in progress: the form that was admitted, and where its bytes go. */
class PostedObject implements FileSink {
  readonly key: string
  readonly fields: FormFields
  readonly settings: ObjectSettings
  readonly receiver: ObjectReceiver
  readonly #limits: SizeLimits

  constructor(key: string, fields: FormFields, settings: ObjectSettings, receiver: ObjectReceiver, limits: SizeLimits) {
    this.key = key
    this.fields = fields
    this.settings = settings
    this.receiver = receiver
    this.#limits = limits
  }

  write(bytes: Uint8Array): Promise<unknown> | undefined {
    const size = this.receiver.size + bytes.length
    refuseUnfit(size, this.#limits)
    return this.receiver.write(bytes)
  }

  checkSize(): void {
    if (this.receiver.size < this.#limits.min) throw rangeError('EntityTooSmall', this.#limits, this.receiver.size)
  }
}

async function admit(exchange: Exchange, bucket: Bucket, fields: FormFields, filename: string | null): Promise<PostedObject> {
  const template = fields.get('key')
  if (template !== null) exchange.key = expandFilename(template, filename)
  const limits = authorizeForm(exchange, { bucket, fields, filename })
  const key = readKey(fields, filename)
  const source = formSettings(exchange, fields)
  const settings = { ...readSettings(source), encryption: await readEncryptionSetting(exchange.service, bucket, source) }
  refuseBadValue('success_action_redirect', fields.get('success_action_redirect') ?? '')
  refuseOverwrite(exchange, bucket, key, settings)
  refuseTooLong(exchange, limits)
  return new PostedObject(key, fields, settings, await ObjectReceiver.open(exchange.service, settings.trafficLimit), limits)
}

async function handle(exchange: Exchange): Promise<CosReply> {
  const bucket = exchange.bucket()
  if (exchange.request.lengthRequired && exchange.request.contentLength === null) {
    const fix = 'Send the body with a known length: FormData or a Blob, not a stream.'
    throw new CosError('MissingContentLength', { bareResource: true, explanation: { condition: 'A POST has a Content-Length.', value: null, fix } })
  }
  const { posted, version } = await receiveForm(exchange, bucket)
  return postReply(exchange, posted.fields, version)
}

interface StoredForm {
  readonly posted: PostedObject
  readonly version: ObjectVersion
}

/** From the first byte to the stored object; a form that fails on the way leaves nothing. */
async function receiveForm(exchange: Exchange, bucket: Bucket): Promise<StoredForm> {
  const admitted: PostedObject[] = []
  try {
    await readFormBody(exchange, async (fields, filename) => {
      const posted = await admit(exchange, bucket, fields, filename)
      admitted.push(posted)
      return posted
    })
    const [posted] = admitted
    if (posted === undefined) throw new Error('readFormBody ended without a file')
    posted.checkSize()
    const received = await posted.receiver.finish()
    checkContentMd5(posted.settings, received)
    return { posted, version: await storeObject(exchange, bucket, posted.key, posted.settings, received) }
  } catch (error) {
    await admitted[0]?.receiver.abort()
    throw error
  }
}

/** `official/post-object.txt`. */
export const postObject: Operation = { name: 'post-object', handle }
