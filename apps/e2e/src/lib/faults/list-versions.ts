import { BUCKETS } from '@cosdrop/dev-server'
import { childText, readXml, type XmlElement } from '@cosdrop/protocol'
import { callCos } from '../read-object.ts'

export interface StoredVersion {
  readonly key: string
  readonly versionId: string
  /** With its quotes. */
  readonly etag: string
  readonly size: number
}

function version(element: XmlElement): StoredVersion {
  const text = (name: string): string => childText(element, name) ?? ''
  return { key: text('Key'), versionId: text('VersionId'), etag: text('ETag'), size: Number(text('Size')) }
}

/** Every version of every object in the bucket, page by page, as anyone with a key pair can see them. */
export async function listVersions(cosUrl: string, bucket: string = BUCKETS.plain): Promise<readonly StoredVersion[]> {
  const versions: StoredVersion[] = []
  let marker: Readonly<Record<string, string>> = {}
  for (;;) {
    const reply = await callCos(cosUrl, { method: 'GET', bucket, params: { versions: '', ...marker } })
    const xml = await reply.text()
    if (!reply.ok) throw new Error(`Listing versions was answered with ${reply.status}: ${xml}`)
    const list = readXml(xml)
    if (list === null) throw new Error(`The list of versions is no XML: ${xml}`)
    versions.push(...list.children.filter(({ name }) => name === 'Version').map(version))
    if (childText(list, 'IsTruncated') !== 'true') return versions
    marker = { 'key-marker': childText(list, 'NextKeyMarker') ?? '', 'version-id-marker': childText(list, 'NextVersionIdMarker') ?? '' }
  }
}
