import { describe, expect, it } from 'vitest'
import { parsePartHeaders } from './part-headers.ts'

function parse(disposition: string): ReturnType<typeof parsePartHeaders> {
  return parsePartHeaders(new TextEncoder().encode(`Content-Disposition: ${disposition}\r\n\r\n`))
}

describe('a file keeps the name that its sender wrote', () => {
  const cases: readonly (readonly [what: string, disposition: string, filename: string | null])[] = [
    ['raw UTF-8, as browsers send it', 'form-data; name="file"; filename="文件 é.txt"', '文件 é.txt'],
    [
      'percent signs stay: the HTML standard escapes three characters and servers undo none',
      'form-data; name="file"; filename="a%22b%0D%0Ac%41"',
      'a%22b%0D%0Ac%41',
    ],
    ['a backslash is a character', 'form-data; name="file"; filename="C:\\dir\\f.txt"', 'C:\\dir\\f.txt'],
    ['a backslash at the end', 'form-data; name="file"; filename="odd\\"', 'odd\\'],
    ['a backslash at the end of the first of two', 'form-data; filename="odd\\"; name="file"', 'odd\\'],
    ['an escaped quote, as older curl sends it', 'form-data; name="file"; filename="a\\"b.txt"', 'a"b.txt'],
    ['a semicolon in quotes', 'form-data; name="file"; filename="a; name=b.txt"', 'a; name=b.txt'],
    ['without quotes', 'form-data; name=file; filename=plain.txt', 'plain.txt'],
    ['empty, as a form without a chosen file sends it', 'form-data; name="file"; filename=""', ''],
    ['none', 'form-data; name="file"', null],
    ['filename* does not count: RFC 7578 forbids it', 'form-data; name="file"; filename*=UTF-8\'\'x.txt', null],
    ['names of parameters in any case', 'Form-Data; NAME="file"; FileName="F.txt"', 'F.txt'],
  ]
  it.each(cases)('%s', (_, disposition, filename) => expect(parse(disposition)).toMatchObject({ name: 'file', filename }))

  it('bytes that are not UTF-8 are refused, not guessed', () => {
    const bytes = Uint8Array.from('Content-Disposition: form-data; name="file"; filename="\u00e9"\r\n\r\n', (character) => character.charCodeAt(0))
    expect(() => parsePartHeaders(bytes)).toThrow('not UTF-8')
  })
})
