import { describe, expect, it } from 'vitest'
import { ArmedFault } from './armed-fault.ts'

describe('a fault is for those keys that its pattern means', () => {
  it.each([
    ['a.png', 'a.png', true],
    ['a.png', 'a.png.txt', false],
    ['uploads/*', 'uploads/a', true],
    ['uploads/*', 'my/uploads/a', false],
    ['uploads/*/full/*.png', 'uploads/1/full/a.png', true],
    ['uploads/*/full/*.png', 'uploads/1/thumb/a.png', false],
    ['a*a', 'aa', true],
    // No letter of a key counts twice.
    ['a*a', 'a', false],
    ['*ab*b', 'ab', false],
    ['*x*', 'a', false],
    ['*', '', true],
  ])('%s, for the key %j: %s', (pattern, key, expected) => {
    const fault = new ArmedFault('1', { kind: 'slow-down', key: pattern })
    expect(fault.fits({ method: 'POST', bucket: 'examplebucket-1250000000', key })).toBe(expected)
  })
})
