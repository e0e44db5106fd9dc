import { expect, test } from 'vitest'
import { redact, redactText } from './redact.ts'

test('what was redacted before is not redacted once more', () => {
  const text = 'signature=[redacted]; The token=[redacted], and Bearer [redacted] at https://host/?[redacted]'
  expect(redactText(text)).toBe(text)
})

test.each([
  ['a password with what ends other values', '{"password":"ab, c} & SECRET"}'],
  ['such a password in JSON in JSON', JSON.stringify({ body: JSON.stringify({ password: 'ab, SECRET' }) })],
  ['a password with a quote in it', JSON.stringify({ password: 'ab" SECRET' })],
  ['such a token in a condition of a policy', '["eq","$x-cos-security-token","ab, SECRET"]'],
  ['cookies', 'sent Cookie: theme=dark; sid=SECRET'],
  ['cookies as Node prints them', "{ cookie: 'theme=dark; sid=SECRET' }"],
  ['several, as Node prints them', "{ 'set-cookie': [ 'theme=dark', 'sid=SECRET; Path=/' ] }"],
  ['a list of secrets in JSON', '{"tokens":["a","SECRET"]}'],
  ['a cookie in quotes of its own', 'Cookie: theme="dark"; sid="SECRET"; path=/'],
  ['cookies in JSON', '{"cookie":"theme=dark; sid=SECRET"}'],
  ['a session by its name', 'X-Session-Id: SECRET'],
  ['what XML has of credentials', '<Credentials><SessionToken>SECRET</SessionToken></Credentials>'],
  ['a map as Node prints it', "Map(1) { 'policy' => 'SECRET' }"],
  ['a header that Firefox refuses', 'Window.fetch: SECRET is an invalid header value.'],
  ['a header that Node refuses', 'Headers.append: "a: b\nSECRET" is an invalid header value.'],
])('does not tell %s', (_what, text) => {
  expect(redactText(text)).not.toContain('SECRET')
  expect(redactText(text)).toContain('[redacted]')
  expect(redactText(redactText(text))).toBe(redactText(text))
})

test('what stands behind a secret stays', () => {
  expect(redactText('{"password":"","status":401,"token":"a b","path":"/api"}')).toBe(
    '{"password":"[redacted]","status":401,"token":"[redacted]","path":"/api"}',
  )
  expect(redactText('<Token>a</Token><Expiration>2026</Expiration>')).toBe('<Token>[redacted]</Token><Expiration>2026</Expiration>')
  expect(redactText('{"tokens":["a","b"],"status":401}')).toBe('{"tokens":[redacted],"status":401}')
  expect(redactText('Cookie: a=1; b=2\nstatus 401')).toBe('Cookie: [redacted]\nstatus 401')
})

test('an object tells nothing under a name of cookies and sessions', () => {
  expect(redact({ headers: { Cookie: 'sid=SECRET', 'X-Session': 'SECRET', accept: '*/*' } })).toEqual({
    headers: { Cookie: '[redacted]', 'X-Session': '[redacted]', accept: '*/*' },
  })
})
