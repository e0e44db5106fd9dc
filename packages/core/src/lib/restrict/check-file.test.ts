import { expect, test } from 'vitest'
import { createFileCheck } from './check-file.ts'
import type { FileRejection, Restrictions } from './restrictions.ts'

const file = new File(['12345'], 'a.txt', { type: 'text/plain' })
const none = { files: 0, bytes: 0 }
const codesOf = (rejection: FileRejection | null): string[] => (rejection?.errors ?? []).map(({ code }) => code)
const codes = (restrictions: Restrictions, { name = 'a.txt', of = file, held = none } = {}): string[] =>
  codesOf(createFileCheck(restrictions, held)({ file: of, name }))

test('limits of size are inclusive', () => {
  expect(codes({ minSize: 5, maxSize: 5 })).toEqual([])
  expect(codes({ minSize: 6 })).toEqual(['file-too-small'])
  expect(codes({ maxSize: 4 })).toEqual(['file-too-large'])
})

test('a file is told everything that is wrong with it at once', () => {
  expect(codes({ accept: 'image/*', maxSize: 4 })).toEqual(['file-invalid-type', 'file-too-large'])
})

test('an empty file passes unless a least size is asked for', () => {
  const empty = new File([], 'empty')
  expect(codes({}, { of: empty })).toEqual([])
  expect(codes({ minSize: 1 }, { of: empty })).toEqual(['file-too-small'])
})

test.each<[Restrictions, string, string | number]>([
  [{ accept: 'image/*, pdf' }, 'only image/*,.pdf', 'image/*,.pdf'],
  [{ minSize: 6 }, 'at least 6 B', 6],
  [{ maxSize: 4 }, 'at most 4 B', 4],
  [{ maxFiles: 0 }, 'at most 0 in all', 0],
  [{ maxTotalSize: 4 }, 'at most 4 B in all', 4],
])('the sentence names the file, what it has and the rule %j, and an app has what it needs for one of its own', (restrictions, rule, limit) => {
  const rejection = createFileCheck(restrictions, none)({ file, name: 'a.txt' })
  expect(rejection).toMatchObject({ file, name: 'a.txt', errors: [{ message: `"a.txt" (5 B) was refused: ${rule}.`, limit }] })
})

test('count and total are limits of all files together, inclusive', () => {
  const limits = { maxFiles: 2, maxTotalSize: 10 }
  expect(codes(limits, { held: { files: 1, bytes: 5 } })).toEqual([])
  expect(codes(limits, { held: { files: 2, bytes: 6 } })).toEqual(['too-many-files', 'total-too-large'])
})

test('of many files at once those count that are taken, not those that are refused', () => {
  const check = createFileCheck({ maxFiles: 2, maxSize: 5 }, none)
  const told = ['a', 'long', 'b', 'c'].map((name) => codesOf(check({ file: name === 'long' ? new File(['123456'], name) : file, name })))
  expect(told).toEqual([[], ['file-too-large'], [], ['too-many-files']])
})

test('files that are dropped together share the limit of all bytes, and one that is too much leaves room for a smaller one', () => {
  const check = createFileCheck({ maxTotalSize: 12 }, none)
  const told = ['12345', '123456', '1234567', '1'].map((text) => codesOf(check({ file: new File([text], 'a'), name: 'a' })))
  expect(told).toEqual([[], [], ['total-too-large'], []])
})

test('a fraction of a file is none', () => {
  const check = createFileCheck({ maxFiles: 2.5 }, { files: 0, bytes: 0 })
  expect(['a', 'b', 'c'].map((name) => codesOf(check({ file: new File(['x'], name), name })).length)).toEqual([0, 0, 1])
})
