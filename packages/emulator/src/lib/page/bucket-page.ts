import type { Bucket } from '../buckets/bucket-registry.ts'
import type { CorsRule } from '../config/emulator-config.ts'
import type { CosReply } from '../exchange/cos-reply.ts'
import { listPage } from '../listing/list-keys.ts'
import type { Service } from '../service.ts'
import type { ObjectRecord } from '../storage/object-record.ts'
import { definitionList } from './definition-list.ts'
import { byteText, countText, pageUrl, timeElement } from './display-text.ts'
import { encryptionText } from './encryption-text.ts'
import { html, type Html } from './html.ts'
import { pageReply, type Crumb } from './page-frame.ts'

const PER_PAGE = 200

interface Entry {
  readonly key: string
  readonly newest: ObjectRecord
  readonly versions: number
}

function* entries({ storage }: Service, bucket: string): Generator<Entry, void, undefined> {
  for (const key of storage.keysOf(bucket)) {
    const records = storage.versionsOf(bucket, key)
    if (records[0] !== undefined) yield { key, newest: records[0], versions: records.length }
  }
}

function entryRow(bucket: string, prefix: string, { key, newest, versions }: Entry): Html {
  const state =
    newest.kind === 'object'
      ? html`<span>${byteText(newest.size)}</span><span>${newest.headers['Content-Type'] ?? ''}</span>`
      : html`<span>deleted: the newest version is a delete marker</span>`
  return html`<li>
    <a class="name" href="${pageUrl('object', { bucket, key })}">${key.slice(prefix.length) || key}</a>
    <div class="meta">
      ${state}${timeElement(newest.lastModified, true)}${versions > 1 ? html`<span>${countText(versions, 'version', 'versions')}</span>` : null}
    </div>
  </li>`
}

function folderRow(bucket: string, prefix: string, folder: string): Html {
  return html`<li><a class="name" href="${pageUrl('bucket', { name: bucket, prefix: folder })}">${folder.slice(prefix.length)}</a></li>`
}

function ruleRow(rule: CorsRule): Html {
  const { allowedOrigins, allowedMethods, allowedHeaders, exposeHeaders, maxAgeSeconds } = rule
  return html`<li>
    ${definitionList([
      ['Origins', allowedOrigins.join(', ')],
      ['Methods', allowedMethods.join(', ')],
      ['Headers', allowedHeaders.join(', ') || 'none'],
      ['Exposed to pages', exposeHeaders.join(', ') || 'none'],
      ['Remembered for', maxAgeSeconds === undefined ? null : `${maxAgeSeconds} s`],
    ])}
  </li>`
}

function settings(bucket: Bucket): Html {
  const rules =
    bucket.cors.length === 0
      ? html`<p class="empty">No CORS rule: pages of other origins cannot upload here.</p>`
      : html`<ul class="rows">
          ${bucket.cors.map(ruleRow)}
        </ul>`
  const facts = definitionList([
    ['Region', bucket.region],
    ['ACL', bucket.acl],
    ['Versioning', bucket.versioning],
    ['Encryption', encryptionText(bucket.encryption)],
  ])
  return html`<section class="panel" aria-labelledby="settings">
      <header><h2 id="settings">Settings</h2></header>
      ${facts}
    </section>
    <section class="panel" aria-labelledby="cors">
      <header>
        <h2 id="cors">CORS rules</h2>
        <span class="muted">The first that fits is taken.</span>
      </header>
      ${rules}
    </section>`
}

/** `a/b/` as one crumb for each folder. */
export function folderCrumbs(bucket: string, prefix: string): readonly Crumb[] {
  const folders = prefix.split('/').slice(0, -1)
  return folders.map((label, index) => ({
    label: label || '/',
    url: pageUrl('bucket', { name: bucket, prefix: `${folders.slice(0, index + 1).join('/')}/` }),
  }))
}

/** A bucket's folders, objects and settings. */
export function bucketPage(service: Service, bucket: Bucket, prefix: string, marker: string): CosReply {
  const page = listPage(entries(service, bucket.name), { prefix, delimiter: '/', marker, limit: PER_PAGE })
  const next = page.last === null ? null : 'key' in page.last ? page.last.key : page.last.commonPrefix
  const rows = [
    ...page.commonPrefixes.map((folder) => folderRow(bucket.name, prefix, folder)),
    ...page.items.map((entry) => entryRow(bucket.name, prefix, entry)),
  ]
  const list =
    rows.length === 0
      ? html`<p class="empty">Nothing is stored here.</p>`
      : html`<ul class="rows">
          ${rows}
        </ul>`
  const more =
    next === null ? null : html`<p class="more"><a href="${pageUrl('bucket', { name: bucket.name, prefix, marker: next })}">More objects</a></p>`
  const trail = [{ label: bucket.name, url: prefix === '' ? null : pageUrl('bucket', { name: bucket.name }) }, ...folderCrumbs(bucket.name, prefix)]
  return pageReply(200, prefix || bucket.name, trail, [
    html`<section class="panel" aria-labelledby="objects">
      <header><h2 id="objects">Objects</h2></header>
      ${list}${more}
    </section>`,
    prefix === '' ? settings(bucket) : null,
  ])
}
