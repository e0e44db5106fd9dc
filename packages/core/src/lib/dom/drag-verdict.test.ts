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
