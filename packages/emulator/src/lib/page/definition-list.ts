import { html, type Html, type HtmlPart } from './html.ts'

export type Definition = readonly [term: string, value: HtmlPart]

/** Names and values in two columns. A `null` value is left out. */
export function definitionList(definitions: readonly Definition[]): Html {
  const shown = definitions.filter(([, value]) => value !== null)
  return html`<dl class="facts">
    ${shown.map(
      ([term, value]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}
