import stringWidth from 'string-width'

/** Fills up with spaces to a number of columns: a Chinese character takes two. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)))
}

export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)))
}

/** Columns of a text that a terminal would break anywhere: it is broken between words, under its own beginning. */
export const WRAP = 100

/** Where a line may end: behind a space, and behind any Chinese character or mark (but not before a closing mark). */
const BREAKS = /(?<=\s)|(?<=[\u3000-\u9fff\uff00-\uffef])(?![\u3001\u3002\uff09\uff0c\uff1a\uff1b\uff1f\u201d])/u

/** Lines of at most so many columns; a single longer word stays whole. */
export function wrapColumns(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.split(BREAKS)) {
    if (line !== '' && stringWidth((line + piece).trimEnd()) > columns) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return [...lines, line.trimEnd()]
}
