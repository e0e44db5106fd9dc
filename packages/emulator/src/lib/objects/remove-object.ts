import type { Bucket } from '../buckets/bucket-registry.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { NULL_VERSION } from '../storage/object-record.ts'

/** What a removal did. */
export interface Removal {
  /** The version that went, or the delete marker that came; `null` without versioning. */
  readonly versionId: string | null
  /** Whether a delete marker came or went. */
  readonly isDeleteMarker: boolean
}

/**
 * Removes one version for good, or hides the newest behind a delete marker: the marker has an id of its own while versioning is enabled,
 * and takes the place of the `null` version while it is suspended. https://cloud.tencent.com/document/product/436/7743
 */
export async function removeObject(exchange: Exchange, bucket: Bucket, key: string, versionId: string | null): Promise<Removal> {
  const { storage, ids } = exchange.service
  if (versionId !== null) {
    const removed = await storage.remove(bucket.name, key, versionId)
    return { versionId, isDeleteMarker: removed?.kind === 'delete-marker' }
  }
  // Without versioning by its config, a bucket may have versions of an earlier run: they need a marker over them, or one would come back.
  if (bucket.versioning === 'off' && storage.versionsOf(bucket.name, key).every((version) => version.versionId === NULL_VERSION)) {
    await storage.remove(bucket.name, key, NULL_VERSION)
    return { versionId: null, isDeleteMarker: false }
  }
  const markerId = bucket.versioning === 'enabled' ? ids.versionId() : NULL_VERSION
  await storage.put({ kind: 'delete-marker', bucket: bucket.name, key, versionId: markerId, lastModified: exchange.now() })
  return { versionId: markerId, isDeleteMarker: true }
}
