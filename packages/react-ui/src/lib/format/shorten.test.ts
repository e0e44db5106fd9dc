import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extensionLabel, shorten, splitName, withoutQuotes } from './shorten.ts'

describe('a long value', () => {
  it('keeps its start and its end', () => {
    expect(shorten('9b2cf535f27731c974343645a3985328')).toBe('9b2cf535…985328')
    expect(shorten('short')).toBe('short')
  })
  it('never gets longer', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(shorten(value).length).toBeLessThanOrEqual(value.length)
      }),
    )
  })
  it('loses the quotes of an ETag for the eye alone', () => {
    expect(withoutQuotes('"abc"')).toBe('abc')
    expect(withoutQuotes('abc')).toBe('abc')
  })
})

describe('a name', () => {
  it.each([
    ['harbour-at-dawn.png', 'harbour-at-dawn', '.png'],
    ['archive.tar.gz', 'archive.tar', '.gz'],
    ['.gitignore', '.gitignore', ''],
    ['no-extension', 'no-extension', ''],
    ['a.this-is-no-extension', 'a.this-is-no-extension', ''],
  ])('%s keeps its end', (name, stem, end) => expect(splitName(name)).toEqual([stem, end]))

  it('is whole again when its parts are put together', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(splitName(name).join('')).toBe(name)
      }),
    )
  })

  it('lends its extension to the thumbnail', () => {
    expect(extensionLabel('a.mp4')).toBe('MP4')
    expect(extensionLabel('a.numbers')).toBeNull()
    expect(extensionLabel('Makefile')).toBeNull()
  })
})
