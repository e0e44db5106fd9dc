import { expect, it } from 'vitest'
import { pathOf } from './path-of.ts'

it.each([
  ['a.jpg', null, 'a.jpg'],
  ['a.jpg', 'album/a.jpg', 'album/a.jpg'],
  ['a.jpg', 'a.jpg', 'a.jpg'],
  // Renamed by `prepare`.
  ['a.jpg', 'album/xa.jpg', 'a.jpg'],
  ['b.webp', 'album/a.jpg', 'b.webp'],
])('who hears of %s, which was %s, hears %s', (name, relativePath, path) => {
  expect(pathOf({ name, relativePath })).toBe(path)
})
