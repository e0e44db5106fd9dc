import { expect, test } from 'vitest'
import { createAcceptTest } from '../restrict/accept.ts'
import { dragVerdict } from './drag-verdict.ts'

test.each([
  ['text/*', 'table.csv', 'application/vnd.ms-excel'],
  ['image/*', 'photo.heic', 'application/octet-stream'],
  ['audio/*', 'voice.ogg', 'application/ogg'],
])('%s does not refuse during the drag what it takes after the drop: %s of type %s', (accept, name, type) => {
  expect(createAcceptTest(accept)(name, type)).toBe(true)
  expect(dragVerdict([type], { accept })).not.toBe('reject')
})

test.each([
  ['a folder, whose files may all be taken', [''], { accept: 'image/*' }, 'unknown'],
  ['folders, of which nobody knows how many files they hold', ['', '', ''], { maxFiles: 1 }, 'accept'],
  ['a type of which the extension decides', ['application/octet-stream', 'text/plain'], { accept: '.md' }, 'unknown'],
  ['what a browser does not tell', [], { accept: 'image/*' }, 'unknown'],
  ['one file of many that no rule takes', ['image/png', 'text/plain'], { accept: 'image/*' }, 'reject'],
  ['files of a kind that may be added, as many as may', ['image/png', 'image/jpeg'], { accept: 'image/*', maxFiles: 2 }, 'accept'],
  ['more files than may be added', ['image/png', 'image/png'], { maxFiles: 1 }, 'reject'],
] as const)('%s, during the drag: %j with %o is "%s"', (_what, types, restrictions, verdict) => {
  expect(dragVerdict(types, restrictions)).toBe(verdict)
})
