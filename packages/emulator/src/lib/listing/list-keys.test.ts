import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareUtf8 } from '../storage/object-index.ts'
import { commonPrefixOf, listPage } from './list-keys.ts'

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', '\u{1f600}', '\uffff'), minLength: 1, maxLength: 6 })

it('brings every key and every folder once, in order, whatever the size of the pages', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 20, size: 'max' }),
      fc.constantFrom('', 'a', 'a/'),
      fc.constantFrom('', '/', 'b'),
      fc.integer({ min: 1, max: 5 }),
      (keys, prefix, delimiter, limit) => {
        const entries = keys.toSorted(compareUtf8).map((name) => ({ key: name }))
        const seen: string[] = []
        let marker = ''
        for (let pages = 0; pages <= keys.length; pages++) {
          const page = listPage(entries, { prefix, delimiter, marker, limit })
          const names = [...page.items.map((item) => item.key), ...page.commonPrefixes]
          expect(names.length).toBeLessThanOrEqual(limit)
          seen.push(...names.toSorted(compareUtf8))
          if (page.last === null) break
          marker = 'key' in page.last ? page.last.key : page.last.commonPrefix
        }
        const expected = keys.filter((name) => name.startsWith(prefix)).map((name) => commonPrefixOf(name, { prefix, delimiter }) ?? name)
        expect(seen).toEqual([...new Set(expected)].toSorted(compareUtf8))
      },
    ),
  )
})

it('keys that begin with the delimiter are one folder', () => {
  const page = listPage([{ key: '--a' }, { key: '-b' }, { key: 'c' }], { prefix: '', delimiter: '-', marker: '', limit: 9 })
  expect(page).toEqual({ items: [{ key: 'c' }], commonPrefixes: ['-'], last: null })
})
