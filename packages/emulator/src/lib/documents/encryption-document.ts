import type { DefaultEncryption } from '../config/emulator-config.ts'
import { malformedXml } from './malformed-xml.ts'
import { childTexts, readDocument } from './read-document.ts'
import { writeDocument } from './write-document.ts'

// The second is of the official Python SDK's example (demo/server_bucket_encrypt.py).
const APPLIED: readonly string[] = ['ApplyServerSideEncryptionByDefault', 'ApplySideEncryptionConfiguration']

/** The body of PUT Bucket encryption. https://cloud.tencent.com/document/product/436/40134 @throws {CosError} MalformedXML */
export function readEncryptionDocument(bytes: Uint8Array): DefaultEncryption {
  const root = readDocument(bytes, ['ServerSideEncryptionConfiguration'])
  const rules = root.children.filter((child) => child.name === 'Rule')
  const [rule] = rules
  if (rule === undefined || rules.length > 1) {
    throw malformedXml('The configuration has one Rule.', `${rules.length} rules`, 'To have no default encryption, use DELETE /?encryption.')
  }
  const applied = rule.children.find((child) => APPLIED.includes(child.name))
  // Older SDK examples put the algorithm straight into Rule; the page names Rule as the parent of both nodes.
  const holder = applied ?? rule
  const [algorithm = ''] = childTexts(holder, 'SSEAlgorithm')
  const [keyId = ''] = childTexts(holder, 'KMSMasterKeyID')
  if (algorithm === 'AES256') {
    if (keyId !== '') throw malformedXml('KMSMasterKeyID goes with the algorithm KMS only.', 'AES256 with a key id', 'Leave KMSMasterKeyID out.')
    return { algorithm }
  }
  if (algorithm === 'KMS') return { algorithm, ...(keyId !== '' && { kmsMasterKeyId: keyId }) }
  throw malformedXml('SSEAlgorithm is AES256 or KMS.', algorithm || null, 'Write KMS here; "cos/kms" is the word of the upload header.')
}

/** The body of GET Bucket encryption. `official/get-bucket-encryption.txt` */
export function writeEncryptionDocument(encryption: DefaultEncryption): string {
  const keyId = encryption.algorithm === 'KMS' ? encryption.kmsMasterKeyId : undefined
  return writeDocument([
    'ServerSideEncryptionConfiguration',
    [
      [
        'Rule',
        [['ApplyServerSideEncryptionByDefault', [['SSEAlgorithm', encryption.algorithm], keyId === undefined ? null : ['KMSMasterKeyID', keyId]]]],
      ],
    ],
  ])
}
