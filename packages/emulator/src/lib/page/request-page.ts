import type { CosReply } from '../exchange/cos-reply.ts'
import type { RequestLogEntry } from '../request-log/request-log.ts'
import type { Service } from '../service.ts'
import { definitionList } from './definition-list.ts'
import { byteText, pageUrl, timeElement } from './display-text.ts'
import { html, type HtmlPart } from './html.ts'
import { pageReply } from './page-frame.ts'
import { outcomeBadge, outcomeReason } from './request-row.ts'

function mono(text: string | null): HtmlPart {
  return text === null ? null : html`<code>${text}</code>`
}

function storedLink({ storage }: Service, { bucket, key }: RequestLogEntry): HtmlPart {
  if (key === null || bucket === null) return null
  const isStored = storage.versionsOf(bucket, key).length > 0
  return isStored ? html`<a href="${pageUrl('object', { bucket, key })}">${key}</a>` : key
}

/** One request, whole: signatures and tokens are not in it, since the log never took them. `null` when the log has lost it. */
export function requestPage(service: Service, id: string): CosReply | null {
  const entry = service.log.entries().find(({ requestId }) => requestId === id)
  if (entry === undefined) return null
  const facts = definitionList([
    ['Call', entry.operation ?? 'no call that the emulator knows'],
    ['Method', entry.method],
    ['Host', mono(entry.host)],
    ['Address', mono(entry.target)],
    ['Bucket', entry.bucket],
    ['Key', storedLink(service, entry)],
    ['SecretId', entry.secretId ?? 'none: the request was not signed, or its signature was not accepted'],
    ['Origin', entry.origin],
    ['Body', `${byteText(entry.receivedBytes)} (${entry.receivedBytes} bytes) received`],
    ['Received', timeElement(entry.receivedAt, true)],
    ['Took', `${Math.round(entry.durationMs)} ms`],
    ['Faults', entry.faults.length === 0 ? null : entry.faults.join(', ')],
    ['x-cos-request-id', mono(entry.requestId)],
    ['x-cos-trace-id', mono(entry.traceId)],
  ])
  return pageReply(
    200,
    `${entry.method} ${entry.key ?? entry.target}`,
    [{ label: 'Request', url: null }],
    [
      html`<p>${outcomeBadge(entry.outcome)}</p>`,
      outcomeReason(entry.outcome),
      html`<section class="panel" aria-labelledby="request">
        <header><h2 id="request">Request</h2></header>
        ${facts}
      </section>`,
    ],
  )
}
