import type { Bucket } from '../buckets/bucket-registry.ts'
import type { CosReply } from '../exchange/cos-reply.ts'
import type { Service } from '../service.ts'
import { isDownloadable } from './object-page.ts'

/** RFC 8187: the name in UTF-8; what does not fit a quoted string becomes an underscore for readers that know nothing else. */
function disposition(key: string): string {
  const name = key.split('/').findLast((part) => part !== '') ?? 'object'
  const ascii = name.replace(/[^\w.() -]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** The bytes of a version, always as a file to be saved: a stored page must not run beside the emulator's own. */
export function download({ storage }: Service, bucket: Bucket, key: string, versionId: string): CosReply | null {
  const version = storage.versionsOf(bucket.name, key).find((record) => record.versionId === versionId)
  if (version?.kind !== 'object' || !isDownloadable(version)) return null
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(version.size),
      'Content-Disposition': disposition(key),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    },
    body: storage.readBlob(version, 0, version.size),
  }
}
