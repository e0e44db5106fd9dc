import { describe, expect, it } from 'vitest'
import { isActive } from './content-type.ts'

describe('what a browser would run is known as such', () => {
  it.each([
    'text/html',
    'application/xhtml+xml',
    'image/svg+xml',
    'text/xml',
    'application/xml',
    'text/javascript',
    'application/javascript',
    'text/css',
    'application/atom+xml',
  ])('%s', (type) => {
    expect(isActive(type)).toBe(true)
  })

  it.each(['image/png', 'text/plain', 'application/json', 'application/xml-dtd', 'text/html5', 'application/octet-stream'])('%s is not', (type) => {
    expect(isActive(type)).toBe(false)
  })
})
