import fc from 'fast-check'

/** One edit of a byte sequence. Places are fractions of its length, so that an edit fits whatever came before it. */
export type ByteMutation =
  | { readonly kind: 'flip'; readonly at: number; readonly mask: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'delete'; readonly at: number; readonly length: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number }
  | { readonly kind: 'cut'; readonly at: number }

/** What forms are made of: pieces that mean something are more likely to break something than noise is. */
const TOKENS = [
  '\r\n',
  '\n',
  '\r',
  '--',
  '\r\n--',
  '"',
  '\\"',
  ';',
  '; filename="x"',
  '; name="key"',
  ': ',
  '\0',
  '\u00ff',
  '%22',
  '${filename}',
  '--fuzz',
  '\r\n--fuzz',
  '\r\n--fuzz--\r\n',
  'Content-Disposition: form-data; name="file"\r\n\r\n',
  '=',
  '{',
  '[',
  ',',
]

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

const place: fc.Arbitrary<number> = fc.integer({ min: 0, max: 9999 }).map((number) => number / 10_000)
const length: fc.Arbitrary<number> = fc.integer({ min: 1, max: 60 })

export const byteMutation: fc.Arbitrary<ByteMutation> = fc.oneof(
  fc.record({ kind: fc.constant('flip'), at: place, mask: fc.integer({ min: 1, max: 255 }) }),
  fc.record({
    kind: fc.constant('insert'),
    at: place,
    bytes: fc.oneof(fc.constantFrom(...TOKENS).map(bytesOf), fc.uint8Array({ minLength: 1, maxLength: 8 })),
  }),
  fc.record({ kind: fc.constant('delete'), at: place, length }),
  fc.record({ kind: fc.constant('repeat'), at: place, length }),
  fc.record({ kind: fc.constant('cut'), at: place }),
)

function join(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

export function mutate(bytes: Uint8Array<ArrayBuffer>, mutation: ByteMutation): Uint8Array<ArrayBuffer> {
  const at = Math.floor(mutation.at * bytes.length)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (mutation.kind) {
    case 'flip':
      return bytes.map((byte, index) => (index === at ? byte ^ mutation.mask : byte))
    case 'insert':
      return join(before, mutation.bytes, after)
    case 'delete':
      return join(before, after.subarray(mutation.length))
    case 'repeat':
      return join(before, after.subarray(0, mutation.length), after)
    case 'cut':
      return before.slice()
  }
}
