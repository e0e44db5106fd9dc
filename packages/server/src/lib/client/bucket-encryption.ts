import { childText, readXml, type ObjectEncryption, type XmlElement } from '@cosdrop/protocol'
import { CosServerError } from '../server-error.ts'

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((part) => part.name === name)
}

// The second was read by SDKs of Tencent's own (facts §7).
const ROOTS = new Set(['ServerSideEncryptionConfiguration', 'EncryptionConfiguration'])

/**
 * Reads the answer of GET Bucket encryption (`official/get-bucket-encryption.txt`) in the words of upload fields: its `KMS` is their `cos/kms`.
 * @throws {CosServerError} `reply-malformed`
 */
export function readBucketEncryption(xml: string): ObjectEncryption {
  const root = readXml(xml)
  const rule = root !== null && ROOTS.has(root.name) ? child(child(root, 'Rule'), 'ApplyServerSideEncryptionByDefault') : undefined
  const algorithm = rule === undefined ? null : childText(rule, 'SSEAlgorithm')
  if (rule !== undefined && algorithm === 'AES256') return { kind: 'SSE-COS', algorithm }
  if (rule !== undefined && algorithm === 'KMS') return { kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: childText(rule, 'KMSMasterKeyID') || null }
  throw new CosServerError('reply-malformed', 'COS described the bucket’s encryption in a way that its documentation does not.', {
    problem: root === null ? 'not XML' : `root ${root.name}, SSEAlgorithm ${algorithm ?? 'missing'}`,
  })
}
