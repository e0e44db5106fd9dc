import type { OutputStream } from './output-stream.ts'
import { isColoured, type Style } from './style.ts'

/** Writes lines that are safe to show: no control characters of other people's, no secrets. */
export interface Printer {
  readonly style: Style
  /** @param text one line: a line break in it is not one of ours */
  line(text?: string): void
}

// What a policy, a header or an error holds was written by others, and may move the cursor, retitle the window, begin a line that looks like
// ours, or conceal those that follow. The colours of `Style` do none of that.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /\u001b\[(?:1|2|22|3[1236]|39)m|[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Written as JSON writes them: JSON's own text has some as they are, and would else be none any more. */
function visible(text: string, coloured: boolean): string {
  return text.replace(CONTROL, (found) =>
    coloured && found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}${found.slice(1)}`,
  )
}

/** Takes secrets out wherever they turn up: the last line of defence, behind not printing them. Real ones have 32 characters and more. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret.length < 8 ? rest : rest.replaceAll(secret, '[secret]')), text)
}

export function createPrinter(stream: OutputStream, style: Style, secrets: readonly string[]): Printer {
  return {
    style,
    line: (text = '') => void stream.write(`${visible(redact(text, secrets), isColoured(style))}\n`),
  }
}
