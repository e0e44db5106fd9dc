import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inChunks, joinBytes, multipartBody, type PartToWrite } from '../testing/multipart-body.ts'
import { MultipartError } from './multipart-error.ts'
import { MultipartParser } from './multipart-parser.ts'

interface ReadPart {
  readonly name: string
  readonly filename: string | null
  readonly bytes: Uint8Array
}

function read(boundary: string, chunks: Iterable<Uint8Array>): { parts: readonly ReadPart[]; done: boolean } {
  const parser = new MultipartParser(boundary)
  const parts: ReadPart[] = []
  let pieces: Uint8Array[] = []
  let head: { name: string; filename: string | null } | null = null
  for (const chunk of chunks) {
    for (const event of parser.push(chunk)) {
      if (event.kind === 'part') {
        head = event.headers
        pieces = []
      } else if (event.kind === 'data') {
        expect(event.bytes.length).toBeGreaterThan(0)
        pieces.push(event.bytes.slice())
      } else if (event.kind === 'part-end' && head !== null) {
        parts.push({ name: head.name, filename: head.filename, bytes: joinBytes(pieces) })
        head = null
      }
    }
  }
  return { parts, done: parser.done }
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

// Values made of what a delimiter is made of: near misses are the interesting ones.
const nearMiss = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', '-', '--', '\r\n--', 'bound', 'boundary', '\r\n--bound', '--boundary', 'x', '\0', '\u00ff'), {
    maxLength: 30,
    size: 'max',
  })
  .map((pieces) => pieces.join('').replaceAll('\r\n--boundary', 'x'))
const part: fc.Arbitrary<PartToWrite> = fc.record({
  name: fc.constantFrom('key', 'policy', 'file'),
  value: fc.oneof(nearMiss.map(bytesOf), fc.uint8Array({ maxLength: 300, size: 'max' })),
})

describe('a form is read the same however it is cut into chunks', { timeout: 60_000 }, () => {
  it('for random parts, near misses of the boundary, and random cuts', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
        (parts, cuts) => {
          const body = multipartBody('boundary', parts)
          const { parts: found, done } = read('boundary', inChunks(body, cuts))
          expect(done).toBe(true)
          expect(found.map(({ name, bytes }) => [name, textOf(bytes)])).toEqual(
            parts.map(({ name, value }) => [name, textOf(typeof value === 'string' ? bytesOf(value) : value)]),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('cut in two at every single place', () => {
    const body = multipartBody('AaB03x', [
      { name: 'key', value: 'folder/\r\n--AaB03\r\n\r\r\n--AaB03' },
      { name: 'file', value: '\r\n--AaB03\r\n', filename: '文 件.txt', contentType: 'text/plain' },
    ])
    const whole = read('AaB03x', [body])
    expect(whole.parts).toHaveLength(2)
    for (let at = 1; at < body.length; at++) expect(read('AaB03x', [body.slice(0, at), body.slice(at)])).toEqual(whole)
  })

  it('one byte at a time, with a boundary that repeats itself', () => {
    const boundary = '-'.repeat(60) + 'a'
    const body = multipartBody(boundary, [{ name: 'file', value: `\r\n--${'-'.repeat(59)}\r\n--${'-'.repeat(60)}\r\n`, filename: 'f' }])
    expect(read(boundary, inChunks(body, [1]))).toEqual(read(boundary, [body]))
  })
})

describe('a body that is no form is refused with the place where it went wrong', () => {
  const cases = {
    'a preamble': 'hello\r\n--b\r\n',
    'another boundary': '--c\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--c--\r\n',
    'a boundary that goes on': '--bc\r\n',
    'a line feed alone after the boundary': '--b\nContent-Disposition: form-data; name="a"\n\n1\n--b--\n',
    'a single minus after the boundary': '--b-x',
    'a part without headers': '--b\r\n\r\nvalue\r\n--b--\r\n',
    'a part without a name': '--b\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--b--\r\n',
    'an attachment': '--b\r\nContent-Disposition: attachment; name="a"\r\n\r\nvalue\r\n--b--\r\n',
    'a folded header': '--b\r\nContent-Disposition: form-data;\r\n name="a"\r\n\r\nvalue\r\n--b--\r\n',
    'a header given twice': '--b\r\nContent-Disposition: form-data; name="a"\r\ncontent-disposition: form-data; name="b"\r\n\r\n1\r\n--b--\r\n',
    'an unclosed quote': '--b\r\nContent-Disposition: form-data; name="a\r\n\r\n1\r\n--b--\r\n',
    'a parameter given twice': '--b\r\nContent-Disposition: form-data; name="a"; name="b"\r\n\r\n1\r\n--b--\r\n',
    'a transfer encoding': '--b\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--b--\r\n',
    'headers without end': `--b\r\nContent-Disposition: form-data; name="${'a'.repeat(20_000)}"\r\n\r\n1\r\n--b--\r\n`,
  }
  it.each(Object.entries(cases))('%s', (_, body) => expect(() => read('b', inChunks(bytesOf(body), [7]))).toThrow(MultipartError))

  it('and a body that ends early is not done', () => {
    const body = multipartBody('b', [{ name: 'a', value: '1' }])
    for (let end = 0; end < body.length - 4; end++) expect(read('b', [body.slice(0, end)]).done).toBe(false)
  })
})

describe('what RFC 2046 allows around the parts is taken', () => {
  it('a line break first, blanks after a boundary, an epilogue, and no line break last', () => {
    const body = '\r\n--b \t\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--and whatever follows\r\n--b\r\nnonsense'
    const { parts, done } = read('b', inChunks(bytesOf(body), [3]))
    expect(done).toBe(true)
    expect(parts.map(({ name, bytes }) => [name, textOf(bytes)])).toEqual([['a', '1']])
  })
})

/** How often the parser looks at a byte of a file, on average. */
function looksAtEachByte(boundary: string, filling: string): number {
  let reads = 0
  const content = bytesOf(filling.repeat(Math.ceil(20_000 / filling.length)))
  const counted = new Proxy(multipartBody(boundary, [{ name: 'file', value: content, filename: 'f' }]), {
    get(target, name) {
      if (typeof name === 'string' && /^\d+$/.test(name)) reads++
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  expect(read(boundary, [counted]).parts[0]?.bytes).toHaveLength(content.length)
  return reads / counted.length
}

describe('a hostile body costs no more than a kind one', { timeout: 60_000 }, () => {
  // A search that starts over at every CR, or compares the delimiter's long tail first, would look at these bytes many times.
  it.each([1, 19, 20, 70])('with a boundary of %i letters that are all the same', (length) => {
    const boundary = 'a'.repeat(length)
    const half = boundary.slice(0, length >> 1)
    const fillings = ['a', '\r', '\r\n--', `\r\n--${boundary.slice(1)}`, `\r\n--${half}`]
    expect(Math.max(...fillings.map((filling) => looksAtEachByte(boundary, filling)))).toBeLessThan(4)
  })
})
