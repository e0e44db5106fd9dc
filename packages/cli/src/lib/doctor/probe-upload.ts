import { readResponseHeaders } from '@cosdrop/protocol'
import type { SignedAccess } from '../cos/bucket-access.ts'
import { isStored } from '../cos/is-stored.ts'
import { readRefusal, type ServiceRefusal } from '../cos/service-refusal.ts'
import { createCrc64 } from '../upload/crc64.ts'
import { admits, readCorsAnswer } from './preflight.ts'
import { PROBE_BYTES, probePost, removeProbe, type ProbePost } from './probe-post.ts'

export type UploadFinding =
  | {
      readonly outcome: 'stored'
      readonly key: string
      readonly etag: string | null
      readonly versionId: string | null
      readonly integrity: 'verified' | 'unavailable' | 'mismatch'
      /** The answer itself may be read by the page, not only its preflight. */
      readonly readable: boolean
      readonly exposed: readonly string[]
      /** `false`: the bucket took the form only without empty fields. */
      readonly blankFields: boolean
      /** `false`: the test object is still in the bucket. */
      readonly removed: boolean
    }
  | ({ readonly outcome: 'refused' } & ServiceRefusal)

async function crc64OfProbe(): Promise<string> {
  const crc = await createCrc64()
  crc.update(PROBE_BYTES)
  return crc.digest()
}

async function readStored(access: SignedAccess, origin: string, { reply, key }: ProbePost, blankFields: boolean): Promise<UploadFinding> {
  const headers = readResponseHeaders((name) => reply.headers.get(name))
  const answer = readCorsAnswer(reply.headers)
  return {
    outcome: 'stored',
    key,
    etag: headers.etag,
    versionId: headers.versionId,
    integrity: headers.crc64 === null ? 'unavailable' : headers.crc64 === (await crc64OfProbe()) ? 'verified' : 'mismatch',
    readable: admits(answer, origin),
    exposed: answer.exposed,
    blankFields,
    removed: await removeProbe(access, key, headers.versionId),
  }
}

/**
 * Posts a tiny object as a page of `origin` would, and removes it. A policy endpoint holds unused fields at empty values; whether every
 * bucket takes those is not documented, so a form that was refused for an argument is tried once more without them.
 */
export async function probeUpload(access: SignedAccess, origin: string, key: string): Promise<UploadFinding> {
  const first = await probePost(access, origin, key, {}, true)
  const header = (name: string): string | null => first.reply.headers.get(name)
  if (isStored(first.reply.status, header)) return readStored(access, origin, first, true)
  const refusal = readRefusal(first.reply.status, first.body, header)
  if (refusal.status === 400) {
    const second = await probePost(access, origin, key, {}, false)
    if (second.reply.ok) return readStored(access, origin, second, false)
  }
  return { outcome: 'refused', ...refusal }
}
