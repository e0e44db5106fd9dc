import { expect, it } from 'vitest'
import { parseAccept } from './accept.ts'

it.each([
  ['.tar.gz', 'backup.tar.gz', 'application/gzip'],
  ['.tar.gz', 'Backup.TAR.GZ', 'application/gzip'],
  ['.gz', 'backup.tar.gz', 'application/gzip'],
  ['.pdf, image/*', 'a', 'image/png'],
  ['text/csv', 'a', 'text/csv; charset=utf-8'],
])('%s admits %s', (accept, name, type) => {
  expect(parseAccept(accept).admits(name, type)).toBe(true)
})

it.each([
  ['.tar.gz', 'backup.gz', 'application/gzip'],
  ['.pdf', 'pdf', 'application/octet-stream'],
  ['image/*', 'a.png', 'video/png'],
  ['text/csv', 'a.csv', 'text/plain'],
])('%s does not admit %s', (accept, name, type) => {
  expect(parseAccept(accept).admits(name, type)).toBe(false)
})

it('takes the map that the page’s restrictions take', () => {
  const accept = parseAccept({ 'image/*': ['.heic', '.SVG'], 'application/pdf': [] })
  expect(accept).toMatchObject({ text: 'image/*,.heic,.svg,application/pdf' })
  expect(['image/png', 'application/pdf', 'text/plain'].map((type) => accept.admits('a', type))).toEqual([true, true, false])
  expect([accept.admits('a.heic', 'application/octet-stream'), accept.names('a.svg', 'image/svg+xml')]).toEqual([true, true])
  expect(parseAccept({})).toMatchObject({ text: null })
})

it.each(['', ' , ', '*', '*/*', '.pdf,*/*'])('"%s" admits everything, as it does in a page', (accept) => {
  expect(parseAccept(accept)).toMatchObject({ text: null })
  expect(parseAccept(accept).admits('a.exe', 'application/x-msdownload')).toBe(true)
})

it.each(['pictures', '*.pdf', '.a b', 'text/csv; charset=utf-8'])('"%s" is told as what it is, while the server starts', (accept) => {
  expect(() => parseAccept(accept)).toThrow(expect.objectContaining({ code: 'rules-invalid', details: { field: 'accept' } }))
})
