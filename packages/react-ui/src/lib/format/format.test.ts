import { describe, expect, it } from 'vitest'
import { createFormat } from './format.ts'

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('sizes', () => {
  const { bytes, bytesOf, limit } = createFormat('en', units)

  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KB'],
    [812 * 1024, '812 KB'],
    [18.4 * 1024 ** 2, '18.4 MB'],
    [412 * 1024 ** 2, '412 MB'],
    [3.414 * 1024 ** 3, '3.41 GB'],
    [5000 * 1024 ** 4, '5,000 TB'],
  ])('%d bytes read %s', (value, text) => expect(plain(bytes(value))).toBe(text))

  it('of a part and its whole share one unit', () => {
    expect(bytesOf(11.9 * 1024 ** 2, 18.4 * 1024 ** 2).map(plain)).toEqual(['11.9', '18.4 MB'])
    expect(bytesOf(100, 3 * 1024 ** 3).map(plain)).toEqual(['0.00', '3.00 GB'])
  })

  it('of a limit have no needless digits', () => {
    expect(plain(limit(20 * 1024 ** 2))).toBe('20 MB')
    expect(plain(limit(2.5 * 1024 ** 2))).toBe('2.5 MB')
  })

  it('of a limit do not promise more than it allows', () => {
    expect(plain(limit(5_000_000))).toBe('4.76 MB')
    expect(plain(limit(1.25 * 1024 ** 3))).toBe('1.25 GB')
  })

  it('are written as the locale writes numbers', () => {
    expect(plain(createFormat('de', units).bytes(18.4 * 1024 ** 2))).toBe('18,4 MB')
  })
})
