import fc from 'fast-check'
import { multipartBoundary } from '../../multipart/multipart-boundary.ts'
import { MultipartError } from '../../multipart/multipart-error.ts'
import { MultipartParser } from '../../multipart/multipart-parser.ts'
import { inChunks, joinBytes, multipartBody } from '../multipart-body.ts'
import { byteMutation, mutate } from './byte-mutation.ts'

const part = fc.record(
  {
    name: fc.oneof(fc.constantFrom('key', 'policy', 'file'), fc.string({ maxLength: 12, size: 'max' })),
    value: fc.uint8Array({ maxLength: 40, size: 'max' }),
    filename: fc.string({ maxLength: 12, size: 'max' }),
  },
  { requiredKeys: ['name', 'value'] },
)

const body = fc.oneof(
  { weight: 4, arbitrary: fc.array(part, { maxLength: 4 }).map((parts) => multipartBody('fuzz', parts)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200, size: 'max' }).map((bytes) => bytes.slice()) },
)

/** Everything that came out, as one text: data that was cut differently is joined again. */
function outcome(chunks: Iterable<Uint8Array>): string {
  const parser = new MultipartParser('fuzz')
  const seen: string[] = []
  let data: Uint8Array[] = []
  try {
    for (const chunk of chunks) {
      for (const event of parser.push(chunk)) {
        if (event.kind === 'data') {
          data.push(event.bytes.slice())
          continue
        }
        seen.push(joinBytes(data).toString(), event.kind === 'part' ? JSON.stringify(event.headers) : event.kind)
        data = []
      }
    }
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error
    // Where a chunk ends decides how much comes out before a mistake is seen; what it is does not depend on it.
    return `${seen.filter((text) => text !== '').join('|')} ! ${error.message}`
  }
  return [...seen.filter((text) => text !== ''), joinBytes(data).toString(), String(parser.done)].join('|')
}

/** Random and mutated bodies: no error but MultipartError, and the same outcome however they are cut. */
export const parserProperty: fc.IProperty<unknown> = fc.property(
  body,
  fc.array(byteMutation, { maxLength: 4 }),
  fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 6 }),
  (original, mutations, cuts) => {
    const bytes = mutations.reduce(mutate, original)
    const [whole, split] = [outcome([bytes]), outcome(inChunks(bytes, cuts))]
    // A whole chunk that holds a mistake gives no event at all: then the mistake itself is compared.
    const same = whole.includes(' ! ') ? whole.split(' ! ').at(-1) === split.split(' ! ').at(-1) : whole === split
    if (!same) throw new Error(`cut into ${cuts.join(', ')}: ${split}\nwhole: ${whole}`)
  },
)

/** Any Content-Type at all gives a boundary that RFC 2046 allows, or none. */
export const boundaryProperty: fc.IProperty<unknown> = fc.property(
  fc.oneof(
    fc.string(),
    fc
      .tuple(fc.constantFrom('multipart/form-data; boundary=', 'multipart/form-data;a=b; boundary="', 'MULTIPART/FORM-DATA;boundary='), fc.string())
      .map((pair) => pair.join('')),
  ),
  (contentType) => {
    const boundary = multipartBoundary(contentType)
    if (boundary !== null && (boundary.length === 0 || boundary.length > 70 || /[^\x20-\x7e]/.test(boundary)))
      throw new Error(`took ${JSON.stringify(boundary)}`)
  },
)
