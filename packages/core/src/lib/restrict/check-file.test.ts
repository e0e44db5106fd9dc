import { expect, test } from 'vitest'
import { checkFile, checkTotals } from './check-file.ts'

const file = new File(['12345'], 'a.txt', { type: 'text/plain' })
const codes = (reasons: readonly { code: string }[]): string[] => reasons.map(({ code }) => code)

test('limits of size are inclusive', () => {
  expect(checkFile(file, 'a.txt', { minSize: 5, maxSize: 5 })).toEqual([])
  expect(codes(checkFile(file, 'a.txt', { minSize: 6 }))).toEqual(['file-too-small'])
  expect(codes(checkFile(file, 'a.txt', { maxSize: 4 }))).toEqual(['file-too-large'])
})

test('a file is told everything that is wrong with it at once', () => {
  expect(codes(checkFile(file, 'a.txt', { accept: 'image/*', maxSize: 4 }))).toEqual(['file-invalid-type', 'file-too-large'])
})

test('an empty file passes unless a least size is asked for', () => {
  expect(checkFile(new Blob([]), 'empty', {})).toEqual([])
  expect(codes(checkFile(new Blob([]), 'empty', { minSize: 1 }))).toEqual(['file-too-small'])
})

test('the sentence names the file, the limit and what there is', () => {
  expect(checkFile(file, 'a.txt', { maxSize: 4 })[0]?.message).toBe('"a.txt" has 5 bytes; at most 4 are allowed.')
})

test('count and total are limits of all files together, inclusive', () => {
  expect(checkTotals(file, { files: 1, bytes: 5 }, { maxFiles: 2, maxTotalSize: 10 })).toEqual([])
  expect(codes(checkTotals(file, { files: 2, bytes: 6 }, { maxFiles: 2, maxTotalSize: 10 }))).toEqual(['too-many-files', 'total-too-large'])
})
