import type { Bucket } from '../buckets/bucket-registry.ts'
import type { CosReply } from '../exchange/cos-reply.ts'
import type { ArmedFault } from '../faults/armed-fault.ts'
import type { Service } from '../service.ts'
import { byteText, countText, pageUrl } from './display-text.ts'
import { encryptionText } from './encryption-text.ts'
import { html, type Html } from './html.ts'
import { pageReply } from './page-frame.ts'
import { requestRow } from './request-row.ts'

function bucketRow({ storage }: Service, bucket: Bucket): Html {
  const newest = storage.keysOf(bucket.name).flatMap((key) => storage.versionsOf(bucket.name, key)[0] ?? [])
  const objects = newest.filter((record) => record.kind === 'object')
  const size = objects.reduce((sum, object) => sum + object.size, 0)
  return html`<li>
    <a class="name" href="${pageUrl('bucket', { name: bucket.name })}">${bucket.name}</a>
    <div class="meta">
      <span>${countText(objects.length, 'object', 'objects')}</span><span>${byteText(size)}</span><span>${bucket.region}</span
      ><span>${bucket.acl}</span><span>versioning ${bucket.versioning}</span><span>${encryptionText(bucket.encryption)}</span
      ><span>${countText(bucket.cors.length, 'CORS rule', 'CORS rules')}</span>
    </div>
  </li>`
}

function faultRow({ fault, hits, remaining }: ArmedFault): Html {
  const { kind, ...rest } = fault
  return html`<li>
    <span class="name">${kind}</span>
    <div class="meta">
      <code>${JSON.stringify(rest)}</code><span>${countText(hits, 'hit', 'hits')}</span>${
        remaining === null ? null : html`<span>${remaining} left</span>`
      }
    </div>
  </li>`
}

function faultsPanel(faults: readonly ArmedFault[]): Html | null {
  if (faults.length === 0) return null
  return html`<section class="panel" aria-labelledby="faults">
    <header>
      <h2 id="faults">Faults in force</h2>
      <span class="muted">Requests fail on purpose.</span>
    </header>
    <ul class="rows">
      ${faults.map(faultRow)}
    </ul>
  </section>`
}

/** The first page: the buckets, and what happened to the last requests. */
export function overviewPage(service: Service): CosReply {
  const buckets = service.buckets.all()
  const requests = service.log.entries()
  const refused = requests.filter(({ outcome }) => outcome.kind === 'refused').length
  const summary = requests.length === 0 ? null : html`<span class="muted">${requests.length}, ${refused} refused</span>`
  const rows =
    requests.length === 0
      ? html`<p class="empty">No request yet. Send one to this address, and see here why it was accepted or refused.</p>`
      : html`<ul class="rows">
          ${requests.map(requestRow)}
        </ul>`
  return pageReply(
    200,
    'Overview',
    [],
    [
      html`<section class="panel" aria-labelledby="buckets">
        <header><h2 id="buckets">Buckets</h2></header>
        <ul class="rows">
          ${buckets.map((bucket) => bucketRow(service, bucket))}
        </ul>
      </section>`,
      faultsPanel(service.faults.all()),
      html`<section class="panel" aria-labelledby="requests">
        <header>
          <h2 id="requests">Recent requests</h2>
          ${summary}<a class="end" href="/">Refresh</a>
        </header>
        ${rows}
      </section>`,
    ],
  )
}
