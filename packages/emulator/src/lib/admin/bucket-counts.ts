import type { Service } from '../service.ts'
import type { MethodCounts } from './request-counts.ts'

/** What was asked for and what is there, for tests that must know whether something was sent or stored twice. */
export interface BucketCount {
  /** Requests by method; those whose form never said a key are in here alone. */
  readonly requests: MethodCounts
  readonly keys: Readonly<Record<string, KeyCount>>
}

export interface KeyCount {
  readonly requests: MethodCounts
  readonly versions: number
  readonly deleteMarkers: number
}

function keyCount({ storage, counts }: Service, bucket: string, key: string): KeyCount {
  const records = storage.versionsOf(bucket, key)
  const versions = records.filter((record) => record.kind === 'object').length
  return { requests: counts.ofKey(bucket, key), versions, deleteMarkers: records.length - versions }
}

export function bucketCounts(service: Service): Readonly<Record<string, BucketCount>> {
  return Object.fromEntries(
    service.buckets.all().map(({ name }) => {
      const keys = [...new Set([...service.storage.keysOf(name), ...service.counts.keysOf(name)])].toSorted()
      const count = { requests: service.counts.ofBucket(name), keys: Object.fromEntries(keys.map((key) => [key, keyCount(service, name, key)])) }
      return [name, count]
    }),
  )
}
