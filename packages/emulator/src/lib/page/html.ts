import { escapeXml } from '@cosdrop/protocol'

/** Markup that is safe to send. Only the template below makes it, and it escapes whatever is not markup already. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

export type HtmlPart = string | number | Html | null | readonly HtmlPart[]

function write(part: HtmlPart): string {
  if (part === null) return ''
  if (part instanceof Html) return part.markup
  if (typeof part === 'string' || typeof part === 'number') return escapeXml(String(part))
  return part.map(write).join('')
}

/** Builds markup; every value is escaped, in texts and in quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((markup, text, index) => markup + write(parts[index - 1] ?? null) + text))
}
