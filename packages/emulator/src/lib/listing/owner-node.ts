import type { DocumentNode } from '../documents/write-document.ts'

/** Who owns a bucket's objects: listings name the APPID, which is the end of the bucket's name. */
export function ownerNode(bucket: string): DocumentNode {
  return personNode('Owner', bucket)
}

/** Who began a multipart upload: the owner, since every credential is the owner's. */
export function initiatorNode(bucket: string): DocumentNode {
  return personNode('Initiator', bucket)
}

function personNode(role: string, bucket: string): DocumentNode {
  const appId = bucket.slice(bucket.lastIndexOf('-') + 1)
  return [
    role,
    [
      ['ID', appId],
      ['DisplayName', appId],
    ],
  ]
}

/** `2019-05-27T11:26:14.000Z`: COS stores whole seconds. */
export function isoSeconds(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString()
}
