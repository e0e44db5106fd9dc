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
