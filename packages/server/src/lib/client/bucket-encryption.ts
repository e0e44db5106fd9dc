import { readXml, type ObjectEncryption, type XmlElement } from '@cosdrop/protocol'
import { CosServerError } from '../server-error.ts'

function child(element: XmlElement | null | undefined, name: string): XmlElement | undefined {
  return element?.children.find((part) => part.name === name)
}

/**
 * Reads the answer of GET Bucket encryption (`official/get-bucket-encryption.txt`) in the words of upload fields: its `KMS` is their `cos/kms`. Whatever its root is
 * called: SDKs of Tencent's own look for another than the documented one (facts §7).
 * @throws {CosServerError} `reply-malformed`
 */
export function readBucketEncryption(xml: string): ObjectEncryption {
  const root = readXml(xml)
  const rule = child(child(root, 'Rule'), 'ApplyServerSideEncryptionByDefault')
  const algorithm = child(rule, 'SSEAlgorithm')?.text
  if (algorithm === 'AES256') return { kind: 'SSE-COS', algorithm }
  if (algorithm === 'KMS') return { kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: child(rule, 'KMSMasterKeyID')?.text || null }
  throw new CosServerError('reply-malformed', 'COS described the bucket’s encryption in a way that its documentation does not.', {
    problem: `root ${root?.name ?? 'missing'}, SSEAlgorithm ${algorithm ?? 'missing'}`,
  })
}
