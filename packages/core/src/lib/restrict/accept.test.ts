import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAcceptTest, parseAccept, toInputAccept } from './accept.ts'
import type { Accept } from './restrictions.ts'

const isAccepted = (name: string, type: string, accept: Accept | undefined): boolean => createAcceptTest(accept)(name, type)

describe('a file is accepted', () => {
  test.each<[Accept | undefined, string, string]>([
    [undefined, 'a.exe', ''],
    ['', 'a.exe', ''],
    ['*/*', 'a.exe', ''],
    ['.pdf', 'a.PDF', ''],
    ['pdf', 'a.pdf', ''],
    ['*.pdf, *.JPG', 'a.jpg', ''],
    ['*.*', 'a.exe', ''],
    [' .jpg , .tar.gz', 'a.tar.gz', 'application/x-gzip'],
    ['image/*', 'a.png', 'image/png'],
    ['IMAGE/PNG', 'a', 'image/png'],
    ['text/plain', 'a.txt', 'text/plain;charset=utf-8'],
    ['text/csv', 'table.csv', 'application/vnd.ms-excel'],
    ['text/csv', 'table.CSV', ''],
    ['image/*', 'photo.heic', ''],
    ['image/jpeg', 'photo.jpg', 'image/pjpeg'],
    ['application/zip', 'a.zip', 'application/x-zip-compressed'],
    ['audio/wav', 'a.wav', 'audio/x-wav'],
    ['audio/ogg', 'a.ogg', 'application/ogg'],
    ['audio/*', 'a.ogg', 'application/ogg'],
    [{ 'image/*': [] }, 'a.webp', 'image/webp'],
    [{ 'image/*': ['.psd'] }, 'a.psd', ''],
    [{ 'application/pdf': [], 'text/markdown': ['.md', '.mdx'] }, 'a.mdx', ''],
  ])('%j takes %s of type "%s"', (accept, name, type) => {
    expect(isAccepted(name, type, accept)).toBe(true)
  })
})

describe('a file is refused', () => {
  test.each<[Accept, string, string]>([
    ['.pdf', 'pdf', ''],
    ['.pdf', 'a.pdf.exe', 'application/x-msdownload'],
    ['image/*', 'a.pdf', 'application/pdf'],
    ['image/*', 'imagery', ''],
    ['image/png', 'a.jpg', 'image/jpeg'],
    ['text/csv', 'a.xls', 'application/vnd.ms-excel'],
    ['application/vnd.ms-excel', 'macros.xlsm', 'application/vnd.ms-excel.sheet.macroEnabled.12'],
    [{ 'image/*': ['.heic'] }, 'a.mp4', 'video/mp4'],
    ['text/*', 'constructor', ''],
  ])('%j refuses %s of type "%s"', (accept, name, type) => {
    expect(isAccepted(name, type, accept)).toBe(false)
  })
})

test('the input gets the extensions too that systems often have no type for', () => {
  expect(toInputAccept('text/csv, image/*')).toBe('text/csv,.csv,image/*')
  expect(toInputAccept({ 'application/pdf': ['.pdf'] })).toBe('application/pdf,.pdf')
  expect(toInputAccept(undefined)).toBeUndefined()
  expect(toInputAccept('*/*')).toBeUndefined()
})

const token = fc.oneof(
  fc.stringMatching(/^\.[a-z0-9]{1,5}$/),
  fc.stringMatching(/^[a-z]{3,8}\/[a-z]{2,8}$/),
  fc.constantFrom('image/*', 'video/*', 'text/*'),
)

test('the map and the text say the same', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{3,8}\/([a-z]{2,8}|\*)$/), fc.array(fc.stringMatching(/^\.[a-z0-9]{1,5}$/))), (map) => {
      const text = Object.entries(map).flat(2).join(' , ')
      expect(parseAccept(map)).toEqual(parseAccept(text))
    }),
  )
})

test('case, spaces and repetition change nothing', () => {
  fc.assert(
    fc.property(fc.array(token), (tokens) => {
      const tidy = toInputAccept(tokens.join(','))
      expect(toInputAccept(` ${tokens.concat(tokens).join(' , ').toUpperCase()},, `)).toBe(tidy)
      expect(toInputAccept(tidy)).toBe(tidy)
    }),
  )
})

test('whatever the input lets a person choose by extension is accepted afterwards', () => {
  fc.assert(
    fc.property(fc.array(token, { minLength: 1 }), (tokens) => {
      const accept = tokens.join(',')
      for (const extension of (toInputAccept(accept) ?? '').split(',').filter((part) => part.startsWith('.'))) {
        expect(isAccepted(`file${extension}`, '', accept)).toBe(true)
      }
    }),
  )
})
