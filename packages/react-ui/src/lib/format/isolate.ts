const FSI = '\u2068'
const PDI = '\u2069'

/** Keeps a name's writing direction out of the sentence around it (Unicode bidi algorithm, FSI … PDI), and marks it as a name for `RichText`. */
export function isolate(name: string): string {
  return `${FSI}${name.replaceAll(PDI, '')}${PDI}`
}

export type TextPiece = { readonly kind: 'text' | 'name' | 'code'; readonly text: string }

/** Takes a sentence apart into plain text, isolated names, and `code` between backticks. */
export function piecesOf(sentence: string): readonly TextPiece[] {
  return sentence.split(/(\u2068[^\u2069]*\u2069)/u).flatMap((part): readonly TextPiece[] => {
    if (part.startsWith(FSI)) return [{ kind: 'name', text: part.slice(1, -1) }]
    return part
      .split('`')
      .map((text, index): TextPiece => ({ kind: index % 2 ? 'code' : 'text', text }))
      .filter(({ text }) => text !== '')
  })
}
