import { randomUUID } from 'node:crypto'
import { createCosClient, createPostPolicy, type FieldRules } from '@cosdrop/server'
import type { SignedAccess } from '../cos/bucket-access.ts'
import { wholeAnswer } from '../cos/whole-answer.ts'
import { multipartFrame } from '../upload/multipart-frame.ts'
import { ProbeLostError } from './probe-lost-error.ts'

/** A tiny object, posted the way a page posts one. */
export interface ProbePost {
  readonly reply: Response
  readonly body: string
  readonly key: string
}

/** What the tiny object holds: text, so that whoever finds one knows where it is from. */
export const PROBE_BYTES: Uint8Array<ArrayBuffer> = new TextEncoder().encode('cosdrop doctor: a test upload that should have been removed\n')

/** @param fields what the form says beside the defaults */
export async function probePost(access: SignedAccess, origin: string, key: string, fields: FieldRules, blankPins: boolean): Promise<ProbePost> {
  const { credentials, now } = access
  const policy = createPostPolicy({ ...access.address, key, size: { max: PROBE_BYTES.length }, fields, blankPins, expiresIn: 300 })
  const post = policy.sign(credentials, { now: now() })
  const { contentType, head, tail } = multipartFrame(Object.entries(post.fields), 'cosdrop-doctor.txt', `cosdrop-${randomUUID()}`)
  const headers = { Origin: origin, 'Content-Type': contentType }
  // As bytes: Node's fetch rejects in nobody's sight when it is aborted behind a FormData that was sent.
  const body = Buffer.concat([head, PROBE_BYTES, tail])
  try {
    const answer = await wholeAnswer(access, post.url, { method: 'POST', body, headers })
    // By a gateway that had no answer of its own in time: storage may have it.
    if (answer.reply.status >= 500) await removeProbe(access, key)
    return { ...answer, key }
  } catch (error) {
    throw (await removeProbe(access, key)) ? error : new ProbeLostError(key, error)
  }
}

/** Long enough for the client's own attempts. */
const REMOVAL_MS = 10_000

/**
 * Takes a probe away again, its version included, also when the command is being stopped. `false` when it is still there.
 * @param versionId left out where the answer was lost: what was never stored would leave a delete marker if it were removed blindly
 */
export async function removeProbe(access: SignedAccess, key: string, versionId?: string | null): Promise<boolean> {
  const { address, credentials, fetch, now } = access
  const signal = AbortSignal.timeout(REMOVAL_MS)
  const client = createCosClient({ ...address, credentials, fetch, now })
  try {
    const stored = versionId === undefined ? await client.headObject(key, { signal }) : { versionId }
    if (stored === null) return true
    const { deleteMarker, versionId: made } = await client.deleteObject(key, { signal, versionId: stored.versionId })
    // Where versioning is suspended a marker takes the place of what had no version. https://cloud.tencent.com/document/product/436/7743
    if (deleteMarker && (made ?? 'null') === 'null') await client.deleteObject(key, { signal, versionId: 'null' })
    return true
  } catch {
    return false
  }
}
