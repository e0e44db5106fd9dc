import type { RequestLogEntry, RequestOutcome } from '../request-log/request-log.ts'
import { definitionList } from './definition-list.ts'
import { byteText, pageUrl, timeElement } from './display-text.ts'
import { html, type Html } from './html.ts'

/** The verdict in two or three words; the colour only repeats it. */
export function outcomeBadge(outcome: RequestOutcome): Html {
  switch (outcome.kind) {
    case 'accepted':
      return html`<span class="state good">Accepted ${outcome.status}</span>`
    case 'refused':
      return html`<span class="state bad">Refused ${outcome.status}</span>`
    case 'cut':
      return html`<span class="state warn">Cut by a fault</span>`
    case 'aborted':
      return html`<span class="state warn">Client left</span>`
  }
}

/** Why a request ended as it did: the rule, what came instead, what to change. `null` when there is nothing to explain. */
export function outcomeReason(outcome: RequestOutcome): Html | null {
  switch (outcome.kind) {
    case 'accepted':
      return null
    case 'aborted':
      return html`<div class="why warn"><p>The client closed the connection before it was answered. Nothing was stored.</p></div>`
    case 'cut':
      return html`<div class="why warn"><p>A fault cut the connection: ${outcome.what}.</p></div>`
    case 'refused': {
      const { code, message, explanation } = outcome
      const details =
        explanation === null
          ? null
          : definitionList([
              ['Rule', explanation.condition],
              ['Got', explanation.value === null ? null : html`<code>${explanation.value}</code>`],
              ['Fix', html`<span class="fix">${explanation.fix}</span>`],
            ])
      return html`<div class="why">
        <p><code>${code}</code> ${message}</p>
        ${details}
      </div>`
    }
  }
}

function requestName({ method, key, target }: RequestLogEntry): string {
  return `${method} ${key ?? target}`
}

/** One request in the list. */
export function requestRow(entry: RequestLogEntry): Html {
  const { outcome, operation, bucket, origin, receivedAt, durationMs, receivedBytes, requestId, faults } = entry
  const meta = [
    timeElement(receivedAt, false),
    operation === null ? null : html`<span>${operation}</span>`,
    bucket === null ? null : html`<span>${bucket}</span>`,
    html`<span>${Math.round(durationMs)} ms</span>`,
    receivedBytes === 0 ? null : html`<span>${byteText(receivedBytes)} received</span>`,
    origin === null ? null : html`<span>from ${origin}</span>`,
    faults.length === 0 ? null : html`<span>faults: ${faults.join(', ')}</span>`,
  ]
  return html`<li class="request">
    ${outcomeBadge(outcome)}<a class="name" href="${pageUrl('request', { id: requestId })}">${requestName(entry)}</a>
    <div class="meta">${meta}</div>
    ${outcomeReason(outcome)}
  </li>`
}
