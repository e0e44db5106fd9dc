import { describe, expect, it } from 'vitest'
import { redirectWithin } from './redirect-within.ts'

describe('a redirect within a list', () => {
  const admits = redirectWithin(['https://my.website/app', 'http://localhost:3000/'])

  it.each([
    'https://my.website/app',
    'https://my.website/app?from=upload#done',
    'https://my.website/app/done',
    'HTTPS://MY.WEBSITE/app/',
    'http://localhost:3000/',
    'http://localhost:3000/any/page',
  ])('goes to %s', (value) => {
    expect(admits(value)).toBe(true)
  })

  it.each([
    'https://my.website/application',
    'https://my.website/app/../admin',
    'https://my.website/app/%2e%2e/admin',
    'http://my.website/app',
    'http://localhost:3001/',
    'https://ann@my.website/app',
    'https://:secret@my.website/app',
    'https:my.website/app',
    'https:\\\\my.website/app',
    'http://localhost:3000\\@evil.example/',
    'https://my.website/ap\tp',
    ' https://my.website/app',
    'no address',
  ])('does not go to %j', (value) => {
    expect(admits(value)).toBe(false)
  })

  it.each(['my.website', 'ftp://my.website/', 'chrome-extension-https://my.website/', 'https://ann@my.website/', 'https://:secret@my.website/'])(
    'cannot list %s',
    (text) => {
      expect(() => redirectWithin([text])).toThrow(expect.objectContaining({ code: 'rules-invalid', details: { field: 'success_action_redirect' } }))
    },
  )
})
