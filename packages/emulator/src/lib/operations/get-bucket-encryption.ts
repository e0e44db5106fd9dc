import { authorize } from '../auth/permission.ts'
import { writeEncryptionDocument } from '../documents/encryption-document.ts'
import { CosError } from '../errors/cos-error.ts'
import { xmlReply } from '../exchange/cos-reply.ts'
import type { Operation } from './operation.ts'

/** `official/get-bucket-encryption.txt`. */
export const getBucketEncryption: Operation = {
  name: 'get-bucket-encryption',
  handle(exchange) {
    const { encryption } = authorize(exchange, 'configure')
    if (encryption === null) {
      const explanation = {
        condition: 'The bucket has a default encryption.',
        value: null,
        fix: 'Take 404 as "none"; set one with PUT /?encryption or "encryption" in the config.',
      }
      throw new CosError('NoSuchEncryptionConfiguration', { explanation })
    }
    return Promise.resolve(xmlReply(200, writeEncryptionDocument(encryption)))
  },
}
