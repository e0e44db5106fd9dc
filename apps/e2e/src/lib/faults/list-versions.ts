import { BUCKETS } from '@cosdrop/dev-server'
import { callCos } from '../read-object.ts'

export interface StoredVersion {
  readonly key: string
  readonly versionId: string
  /** With its quotes. */
  readonly etag: string
  readonly size: number
}

function text(xml: string, name: string): string {
  const [, value = ''] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? []
  return value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

/** Every version of every object in the bucket, page by page, as anyone with a key pair can see them. */
export async function listVersions(cosUrl: string, bucket: string = BUCKETS.plain): Promise<readonly StoredVersion[]> {
  const versions: StoredVersion[] = []
  let marker: Readonly<Record<string, string>> = {}
  for (;;) {
    const reply = await callCos(cosUrl, { method: 'GET', bucket, params: { versions: '', ...marker } })
    const xml = await reply.text()
    if (!reply.ok) throw new Error(`Listing versions was answered with ${reply.status}: ${xml}`)
    for (const [, version = ''] of xml.matchAll(/<Version>(.*?)<\/Version>/gs)) {
      versions.push({
        key: text(version, 'Key'),
        versionId: text(version, 'VersionId'),
        etag: text(version, 'ETag'),
        size: Number(text(version, 'Size')),
      })
    }
    if (text(xml, 'IsTruncated') !== 'true') return versions
    marker = { 'key-marker': text(xml, 'NextKeyMarker'), 'version-id-marker': text(xml, 'NextVersionIdMarker') }
  }
}
