import { expect, it } from 'vitest'
import { parseAccept } from './accept.ts'

it.each([
  ['.tar.gz', 'backup.tar.gz', 'application/gzip'],
  ['.tar.gz', 'Backup.TAR.GZ', 'application/gzip'],
  ['.gz', 'backup.tar.gz', 'application/gzip'],
])('%s admits %s', (accept, name, type) => {
  expect(parseAccept(accept).admits(name, type)).toBe(true)
})

it.each([
  ['.tar.gz', 'backup.gz', 'application/gzip'],
  ['.pdf', 'pdf', 'application/octet-stream'],
])('%s does not admit %s', (accept, name, type) => {
  expect(parseAccept(accept).admits(name, type)).toBe(false)
})

it.each(['', ' , ', '*', '*/*', '.pdf,*/*'])('"%s" admits everything, as it does in a page', (accept) => {
  expect(parseAccept(accept)).toMatchObject({ text: null })
  expect(parseAccept(accept).admits('a.exe', 'application/x-msdownload')).toBe(true)
})
