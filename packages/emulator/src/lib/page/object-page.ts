import type { Bucket } from '../buckets/bucket-registry.ts'
import type { CosReply } from '../exchange/cos-reply.ts'
import type { Service } from '../service.ts'
import type { ObjectRecord, ObjectVersion } from '../storage/object-record.ts'
import { folderCrumbs } from './bucket-page.ts'
import { definitionList, type Definition } from './definition-list.ts'
import { byteText, countText, pageUrl, timeElement } from './display-text.ts'
import { storedEncryptionText } from './encryption-text.ts'
import { html, type Html } from './html.ts'
import { pageReply } from './page-frame.ts'

function mono(text: string): Html {
  return html`<code>${text}</code>`
}

/** Whether the page can hand out the bytes: what is encrypted with a customer's key is for those who have it. */
export function isDownloadable(version: ObjectVersion): boolean {
  return version.encryption?.kind !== 'SSE-C'
}

function downloadLink(version: ObjectVersion): Html {
  if (!isDownloadable(version)) return html`<span>Encrypted with the uploader's own key: read it with GET Object and that key.</span>`
  const url = pageUrl('download', { bucket: version.bucket, key: version.key, version: version.versionId })
  return html`<a href="${url}" download>Download</a>`
}

function versionFacts(version: ObjectVersion): readonly Definition[] {
  return [
    ['Size', `${byteText(version.size)} (${version.size} bytes)`],
    ['Stored', timeElement(version.lastModified, true)],
    ['ETag', mono(`"${version.etag}"`)],
    ['CRC-64', mono(version.crc64)],
    ['Version id', mono(version.versionId)],
    ['Storage class', version.storageClass],
    ['ACL', version.acl === 'default' ? "default (the bucket's)" : version.acl],
    ['Encryption', storedEncryptionText(version.encryption)],
  ]
}

function headerFacts(version: ObjectVersion): readonly Definition[] {
  const all = { ...version.headers, ...version.metadata, ...version.grants }
  return Object.entries(all).map(([name, value]) => [name, mono(value)])
}

function recordRow(record: ObjectRecord, isShown: boolean): Html {
  const { bucket, key, versionId } = record
  const label = record.kind === 'object' ? byteText(record.size) : 'delete marker'
  const name = isShown
    ? html`<span class="name mono" aria-current="true">${versionId}</span>`
    : html`<a class="name mono" href="${pageUrl('object', { bucket, key, version: versionId })}">${versionId}</a>`
  return html`<li>
    ${name}
    <div class="meta"><span>${label}</span>${timeElement(record.lastModified, true)}${record.kind === 'object' ? downloadLink(record) : null}</div>
  </li>`
}

function shownPanels(record: ObjectRecord): readonly Html[] {
  if (record.kind === 'delete-marker') {
    return [
      html`<section class="panel">
        <p class="empty">This version is a delete marker: reading the key answers 404 NoSuchKey. Older versions are below.</p>
      </section>`,
    ]
  }
  return [
    html`<section class="panel" aria-labelledby="object">
      <header>
        <h2 id="object">Object</h2>
        <span class="end">${downloadLink(record)}</span>
      </header>
      ${definitionList(versionFacts(record))}
    </section>`,
    html`<section class="panel" aria-labelledby="headers">
      <header><h2 id="headers">Headers and metadata</h2></header>
      ${definitionList(headerFacts(record))}
    </section>`,
  ]
}

/** One object: what is stored about it, and its versions. `null` when there is no such key or version. */
export function objectPage({ storage }: Service, bucket: Bucket, key: string, versionId: string | null): CosReply | null {
  const records = storage.versionsOf(bucket.name, key)
  const shown = versionId === null ? records[0] : records.find((record) => record.versionId === versionId)
  if (shown === undefined) return null
  const name = key.slice(key.lastIndexOf('/', key.length - 2) + 1)
  const trail = [
    { label: bucket.name, url: pageUrl('bucket', { name: bucket.name }) },
    ...folderCrumbs(bucket.name, key.slice(0, key.length - name.length)),
    { label: name, url: null },
  ]
  return pageReply(200, name, trail, [
    ...shownPanels(shown),
    html`<section class="panel" aria-labelledby="versions">
      <header>
        <h2 id="versions">Versions</h2>
        <span class="muted">${countText(records.length, 'version', 'versions')}, the newest first</span>
      </header>
      <ul class="rows">
        ${records.map((record) => recordRow(record, record === shown))}
      </ul>
    </section>`,
  ])
}
