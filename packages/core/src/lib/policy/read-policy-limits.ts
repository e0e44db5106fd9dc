import type { ObjectEncryption } from '@cosdrop/protocol'
import { isRecord } from '../endpoint/is-record.ts'
import type { Restrictions } from '../restrict/restrictions.ts'

/** What a policy endpoint says before anything is sent: which files it signs for, and how the bucket stores them. */
export interface PolicyLimits {
  readonly restrictions: Pick<Restrictions, 'accept' | 'minSize' | 'maxSize' | 'maxFiles' | 'maxTotalSize'>
  /** `null`: not told, or none. */
  readonly encryption: ObjectEncryption | null
}

// As many files as one request may name (design's contract): a bound of the wire, not one for people.
const LARGEST_BATCH = 100

function size(limits: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = limits[name]
  return typeof value === 'number' && value >= 0 ? value : undefined
}

function readRestrictions(limits: unknown): PolicyLimits['restrictions'] {
  if (!isRecord(limits)) return {}
  const [minSize, maxSize, maxFiles, maxTotalSize] = ['minSize', 'maxSize', 'maxFiles', 'maxTotalSize'].map((name) => size(limits, name))
  const accept = limits['accept']
  return {
    ...(typeof accept === 'string' && { accept }),
    ...(minSize && { minSize }),
    ...(maxSize !== undefined && { maxSize }),
    ...(maxFiles !== undefined && maxFiles < LARGEST_BATCH && { maxFiles }),
    ...(maxTotalSize !== undefined && { maxTotalSize }),
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function readEncryption(value: unknown): ObjectEncryption | null {
  if (!isRecord(value)) return null
  const algorithm = text(value['algorithm'])
  if (algorithm === null) return null
  switch (value['kind']) {
    case 'SSE-COS':
      return { kind: 'SSE-COS', algorithm }
    case 'SSE-KMS':
      return { kind: 'SSE-KMS', algorithm, keyId: text(value['keyId']) }
    case 'SSE-C':
      return { kind: 'SSE-C', algorithm, keyMd5: text(value['keyMd5']) }
    default:
      return null
  }
}

/** Reads the endpoint's reply to `GET`; what has another type than it should is left out. `null` when it is no object. */
export function readPolicyLimits(body: unknown): PolicyLimits | null {
  return isRecord(body) ? { restrictions: readRestrictions(body['limits']), encryption: readEncryption(body['encryption']) } : null
}
