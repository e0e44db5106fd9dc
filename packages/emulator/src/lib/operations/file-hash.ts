import { createMD5, createSHA1, createSHA256 } from 'hash-wasm'
import { writeDocument } from '../documents/write-document.ts'
import { CosError } from '../errors/cos-error.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { findVersion, requireCustomerKey } from '../objects/find-version.ts'
import type { ObjectVersion } from '../storage/object-record.ts'
import type { Operation } from './operation.ts'

const HASHES = { md5: createMD5, sha1: createSHA1, sha256: createSHA256 } as const
type HashName = keyof typeof HASHES

/** The synchronous call is for smaller files alone (facts §8). */
const MAX_BYTES = 128 * 1024 * 1024
const UNREADABLE_CLASSES = new Set(['ARCHIVE', 'DEEP_ARCHIVE'])

function isHashName(text: string): text is HashName {
  return Object.hasOwn(HASHES, text)
}

function refuse(message: string, condition: string, value: string | null, fix: string): CosError {
  return new CosError('InvalidArgument', { message, explanation: { condition, value, fix } })
}

function readHashName(exchange: Exchange): HashName {
  const process = exchange.param('ci-process') ?? ''
  if (process !== 'filehash') {
    const explanation = { condition: 'ci-process is filehash.', value: process, fix: 'Other image and media processing is not part of the emulator.' }
    throw new CosError('NotImplemented', { explanation })
  }
  const type = exchange.param('type') ?? ''
  if (isHashName(type)) return type
  throw refuse(`type value invalid:${type}`, 'type is md5, sha1 or sha256.', type || null, 'Name one of the three, in lower case.')
}

function refuseUnprocessable(exchange: Exchange, version: ObjectVersion): void {
  if (exchange.caller.kind === 'anonymous') {
    const explanation = { condition: 'Data processing is for signed requests.', value: 'an unsigned request', fix: 'Sign the request.' }
    throw new CosError('AccessDenied', { explanation })
  }
  if (version.size >= MAX_BYTES) {
    const fix = 'Hash larger files with an asynchronous job, which the emulator does not have.'
    throw refuse('The file is too large for filehash', 'The file is smaller than 128 MB.', `${version.size} bytes`, fix)
  }
  if (UNREADABLE_CLASSES.has(version.storageClass)) {
    throw refuse('The storage class is not supported', 'The object is not archived.', version.storageClass, 'Restore it first.')
  }
}

/** As the page's sample writes it: China time, without a colon in the offset. */
function chinaTime(time: number): string {
  return new Date(time + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+0800')
}

/** `official/file-hash.txt`: the hash of a stored object, and with `addtoheader` its place in the object's metadata. */
export const fileHash: Operation = {
  name: 'file-hash',
  async handle(exchange) {
    const { storage } = exchange.service
    const name = readHashName(exchange)
    const bucket = exchange.bucket()
    const version = findVersion(exchange, exchange.key ?? '')
    refuseUnprocessable(exchange, version)
    await requireCustomerKey(exchange, version)
    const hasher = (await HASHES[name]()).init()
    for await (const chunk of storage.readBlob(version, 0, version.size)) hasher.update(chunk)
    const hash = hasher.digest('hex')
    if (exchange.param('addtoheader') === 'true') {
      await storage.update(version, (stored) => ({ ...stored, metadata: { ...stored.metadata, [`x-cos-meta-${name}`]: hash } }))
    }
    const xml = writeDocument([
      'Response',
      [
        [
          'FileHashCodeResult',
          [
            [name.toUpperCase(), hash],
            ['FileSize', String(version.size)],
            ['LastModified', chinaTime(version.lastModified)],
            ['Etag', `"${version.etag}"`],
          ],
        ],
        [
          'Input',
          [
            ['Bucket', bucket.name],
            ['Object', version.key],
            ['Region', bucket.region],
          ],
        ],
      ],
    ])
    return xmlReply(200, xml)
  },
}
