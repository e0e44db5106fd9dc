import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { PolicySource } from '../policy/policy-source.ts'
import { createUploaderFixture } from '../testing/uploader-fixture.ts'
import { CosUploadError, type AnyUploadError } from '../upload-error.ts'
import type { UploadItem } from '../upload-item.ts'
import { reportItem } from './report-item.ts'

const base = { id: '1', file: new File(['x'], 'a.txt'), name: 'a.txt', size: 1, type: 'text/plain', relativePath: null, priority: 0 } as const
const failed = (error: AnyUploadError): UploadItem => ({ ...base, status: 'error', attempt: 2, error })
const text = (item: UploadItem): string => JSON.stringify(reportItem(item))

test('tells what helps: the file, the status, the error with its cause and request id', () => {
  const cause = new TypeError('Failed to fetch')
  const details = {
    status: 403,
    problem: 'denied' as const,
    serviceCode: 'AccessDenied',
    serviceMessage: 'Access Denied.',
    requestId: 'NWQ2',
    traceId: 'OGVm',
    resource: 'host/a',
    retryAfter: null,
  }
  expect(reportItem(failed(new CosUploadError('service', 'Storage refused the upload.', details, { cause })))).toEqual({
    report: 'cosdrop-item/1',
    item: { id: '1', name: 'a.txt', size: 1, type: 'text/plain', relativePath: null, priority: 0 },
    state: {
      status: 'error',
      attempt: 2,
      error: { code: 'service', message: 'Storage refused the upload.', details, cause: { name: 'TypeError', message: 'Failed to fetch' } },
    },
  })
})

test('keeps the result of a success, its URL without the query', () => {
  const result = {
    bucket: 'b-1',
    key: 'a',
    location: 'https://host/a?q-signature=abc',
    etag: '"x"',
    versionId: 'v',
    crc64: '1',
    integrity: 'verified',
    encryption: { kind: 'SSE-C', algorithm: 'AES256', keyMd5: 'U5L6' },
    requestId: 'r',
    status: 204,
    via: 'xhr',
    diagnostics: [{ code: 'header-not-exposed', header: 'ETag', message: 'm' }],
  } as const
  expect(reportItem({ ...base, status: 'success', result })).toMatchObject({
    state: { status: 'success', result: { ...result, location: 'https://host/a?[redacted]' } },
  })
})

// Anything that opens a door, each in the places where a careless text would carry it.
const secret = 'SECRETabc123/+='
test.each<[string, AnyUploadError]>([
  ['a signed URL in a detail', new CosUploadError('network', 'm', { probe: null, url: `https://host/?q-signature=${secret}` })],
  [
    'a signed URL in the text',
    new CosUploadError('network', `No way to https://host/a?x-cos-security-token=${secret}, sorry.`, { probe: null, url: '' }),
  ],
  [
    'a signed URL in the cause',
    new CosUploadError('network', 'm', { probe: null, url: '' }, { cause: new Error(`GET "https://host/?sign=${secret}" failed`) }),
  ],
  [
    'a token in a mismatch',
    new CosUploadError('policy-mismatch', `"x-cos-security-token" must be ${secret}.`, {
      field: 'x-cos-security-token',
      condition: `["eq","$x-cos-security-token","${secret}"]`,
      expected: secret,
      actual: null,
    }),
  ],
  [
    'a customer key in a mismatch',
    new CosUploadError('policy-mismatch', `is ${secret}`, {
      field: 'x-cos-server-side-encryption-customer-key',
      condition: 'eq',
      expected: 'other',
      actual: secret,
    }),
  ],
  [
    'a signature in a text',
    new CosUploadError('form-invalid', `q-signature=${secret}; policy=${secret}`, { field: null, problem: `{"q-signature":"${secret}"}` }),
  ],
  [
    'a token that COS printed',
    new CosUploadError('service', 'm', {
      status: 403,
      problem: 'condition',
      serviceCode: 'AccessDenied',
      serviceMessage: `Condition key x-cos-security-token doesn't match the value ${secret}`,
      requestId: null,
      traceId: null,
      resource: null,
      retryAfter: null,
    }),
  ],
  [
    'an Authorization header in the cause',
    new CosUploadError('aborted', 'm', { reason: `Authorization: ${secret}` }, { cause: `SecretKey=${secret}` }),
  ],
])('hides %s', (_what, error) => {
  const report = text(failed(error))
  expect(report).not.toContain('SECRET')
  expect(report).toContain('[redacted]')
})

test('a ticket about a field that is no secret tells what the policy asks for, and what was sent', () => {
  const details = { field: 'acl', condition: 'eq', expected: 'private', actual: null }
  const error = new CosUploadError('policy-mismatch', '"acl" is missing, but must be private.', details)
  expect(reportItem(failed(error))).toMatchObject({ state: { error: { message: error.message, details } } })
})

test('a ticket about a secret field that should be blank, or was not sent, stays one that can be read', () => {
  const field = 'x-cos-security-token'
  const blank = new CosUploadError('policy-mismatch', 'The token must be "".', { field, condition: 'eq', expected: '', actual: null })
  expect(reportItem(failed(blank))).toMatchObject({ state: { error: { message: blank.message, details: { actual: null } } } })
})

test('a ticket about the beginning of a secret field tells that it is about its beginning, and which error was behind it', () => {
  const details = { field: 'x-cos-security-token', condition: 'starts-with', expected: 'SECRET', actual: null }
  const cause = new CosUploadError('network', 'No way.', { probe: null, url: '' })
  const error = new CosUploadError('policy-mismatch', 'The policy asks for starts-with SECRET.', details, { cause })
  expect(reportItem(failed(error))).toMatchObject({
    state: {
      error: {
        message: 'The policy asks for starts-with [redacted].',
        details: { condition: 'starts-with', expected: '[redacted]' },
        cause: { name: 'CosUploadError', code: 'network', message: 'No way.' },
      },
    },
  })
})

test('what an app’s own port adds to an error is told as far as it is plain, and not under a name of secrets', () => {
  const odd = {
    status: 403,
    sessionToken: 'SECRET',
    sentAt: new Date(0),
    retried: true,
    body: new Blob(['x']),
    more: Object.assign(Object.create(null), { policy: 'SECRET', asked: false }),
  }
  const error = new CosUploadError('policy-unreachable', 'm', { url: null, retryAfter: null, ...odd })
  const details = {
    url: null,
    retryAfter: null,
    status: 403,
    sessionToken: '[redacted]',
    retried: true,
    more: { policy: '[redacted]', asked: false },
  }
  expect(JSON.parse(text(failed(error))).state.error).toEqual({ code: 'policy-unreachable', message: 'm', details })
  const unsaid = { url: null, status: null, retryAfter: null, sessionToken: null, password: undefined }
  const unset = new CosUploadError('policy-unreachable', 'm', unsaid)
  expect(JSON.parse(text(failed(unset))).state.error.details).toEqual({ url: null, status: null, retryAfter: null, sessionToken: null })
})

test('a ticket about an error whose details hold themselves tells the rest of them', () => {
  const request = { method: 'POST', parts: [{ status: 403 }] }
  const loop = { request, again: request, errors: [{ code: 'E1' }] }
  Object.assign(request, { request, response: loop })
  Object.assign(loop.errors, { 1: loop.errors })
  const error = new CosUploadError('policy-unreachable', 'm', { url: null, status: null, retryAfter: null, ...loop })
  const shown = { method: 'POST', parts: [{ status: 403 }] }
  const { details } = JSON.parse(text(failed(error))).state.error
  expect(details).toMatchObject({ url: null, request: shown, again: shown, errors: [{ code: 'E1' }, null] })
})

test.each([
  ['an object without a prototype', Object.create(null)],
  ['an error whose words are no text', Object.assign(new Error('x'), { name: 'Odd', message: Object.create(null) })],
  ['an error that has no words', Object.assign(new Error('x'), { message: undefined })],
])('a ticket is written whatever an app has thrown: %s', (_what, cause) => {
  const report = text(failed(new CosUploadError('aborted', 'm', { reason: null }, { cause })))
  expect(JSON.parse(report).state.error).toMatchObject({ code: 'aborted', cause: expect.anything() })
})

test('a picture in a text is not carried along', () => {
  const report = text(failed(new CosUploadError('aborted', 'cannot show data:image/png;base64,SECRET', { reason: 'blob:https://host/SECRET' })))
  expect(report).not.toContain('SECRET')
})

test.each(['acl', 'x-cos-security-token'])('a ticket about a form that breaks its policy tells which field it is: %s', async (field) => {
  const { uploader, run, items, policy } = createUploaderFixture({}, { conditions: [{ kind: 'eq', field, value: 'SECRET' }] })
  const source: PolicySource = async (request, options) => {
    const reply = await policy.source(request, options)
    return { ...reply, posts: reply.posts.map((post) => ({ ...post, fields: { ...post.fields, [field]: 'other' } })) }
  }
  uploader.setOptions({ policy: source })
  uploader.add([base.file])
  await vi.waitFor(async () => {
    await run()
    expect(items()).toMatchObject([{ status: 'error', error: { code: 'policy-mismatch' } }])
  })
  const [item] = items()
  const report = item && reportItem(item)
  expect(report).toMatchObject({ state: { error: { message: expect.stringContaining(`"${field}" is`), details: { field, condition: 'eq' } } } })
})

test.each([
  ['a token', 'the refresh of 1PdUyWqmTIrBkNzwRGWfTp7HMQxVbjmS5e8bd1b4ca4cd9bdc1e5bbbf9d4cb4f2Xd1nR3mQvLZ0pYt8sKfHwAeJgU2oNcBiM7xTqE9 was refused'],
  ['a signed-in user', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.5mhBHqs5_DTLdINd9p5m7ZJ6XD0Xc55kIaCRY5r6HRA is over'],
  ['a customer key', 'cannot use 6k7hJ0mXqW1vT9sZbYcLrN3pG5dF8aEoUiKxQwVtRzM='],
  ['a signature', '39acc8c9f34ba5b19bce4e965b370cd3f62d2fba did not match'],
])('what an app’s own error says without a name beside it is not told: %s', (_what, sentence) => {
  const [secret = ''] = sentence.match(/[\w.+/=-]{30,}/) ?? []
  const report = text(failed(new CosUploadError('aborted', 'm', { reason: null }, { cause: new Error(sentence) })))
  expect(report).not.toContain(secret)
  expect(report).toContain('[redacted]')
})

test('what helps to find an object again stays: keys, checksums, ids and file names in the words of a cause', () => {
  const kept = [
    'photos/39acc8c9f34ba5b19bce4e965b370cd3f62d2fba.jpg',
    'NmIwYzk3NGVfN2YwMDAwMDFfMWMxMV9jNzky',
    '"ca9c491ac66b2c62500882e93f3719a8"',
    'MTg0NDQ5NDgwODY0MzE0NjA2MTU',
    '16749565679157681890',
  ]
  const report = text(failed(new CosUploadError('aborted', 'm', { reason: null }, { cause: new Error(kept.join(' and ')) })))
  for (const part of kept) expect(report).toContain(JSON.stringify(part).slice(1, -1))
})

test('no bytes of the file and no file object get in', () => {
  expect(text({ ...base, status: 'queued' })).toBe(JSON.stringify(reportItem({ ...base, status: 'queued' })))
  expect(reportItem({ ...base, status: 'queued' })).not.toHaveProperty('item.file')
})

test('whatever the signed fields are, none of their values comes out of a text that names them', () => {
  const name = fc.constantFrom(
    'q-signature',
    'policy',
    'q-ak',
    'q-key-time',
    'x-cos-security-token',
    'x-cos-server-side-encryption-customer-key',
    'Signature',
  )
  const value = fc.stringMatching(/^[A-Za-z0-9+/=]{12,40}$/)
  const shape = fc.constantFrom(
    (n: string, v: string) => `${n}=${v}`,
    (n: string, v: string) => `"${n}": "${v}"`,
    (n: string, v: string) => `["eq", "$${n}", "${v}"]`,
    (n: string, v: string) => `https://host/path?a=1&${n}=${encodeURIComponent(v)}#x`,
    (n: string, v: string) => `Condition key ${n} doesn't match the value ${v}`,
  )
  fc.assert(
    fc.property(name, value, shape, (n, v, make) => {
      const report = text(failed(new CosUploadError('reply-malformed', `Before ${make(n, v)} after`, { status: null, problem: make(n, v) })))
      expect(report).not.toContain(v)
    }),
  )
})

const caused = (text: string): AnyUploadError => new CosUploadError('aborted', 'm', { reason: null }, { cause: new Error(text) })
const unreachable = (text: string, url: string | null): AnyUploadError =>
  new CosUploadError('policy-unreachable', text, { url, status: 500, retryAfter: null })

test.each<[string, AnyUploadError]>([
  ['a query of the page’s own host', unreachable('m', '/api/policy?session=SECRET')],
  ['such a query in a text', unreachable('The policy endpoint /api/policy?sid=SECRET could not be reached.', null)],
  ...['api/policy?sid=SECRET', 'policy?sid=SECRET', '?sid=SECRET'].map((url): [string, AnyUploadError] => [
    `the query of ${url}`,
    unreachable(`The policy endpoint ${url} answered 500.`, url),
  ]),
  ['a bearer token', caused('401 for Authorization: Bearer SECRET')],
  ['a bearer token in JSON', caused('{"headers":{"Authorization":"Bearer SECRET"}}')],
  ['JSON in JSON', caused(JSON.stringify({ body: JSON.stringify({ policy: 'SECRET' }) }))],
  ['a value with escaped slashes', caused('{"x-cos-security-token":"abcd\\/SECRET+x=="}')],
  ['a key of the app’s own endpoint', caused('401 for X-API-Key: SECRET')],
  ['single quotes', caused("{ 'q-signature': 'SECRET' }")],
  ['a password in a URL', new CosUploadError('network', 'm', { probe: null, url: 'https://user:SECRET@host/a' })],
])('does not tell %s', (_what, error) => {
  const base = { id: '1', file: new File(['x'], 'a.txt'), name: 'a.txt', size: 1, type: '', relativePath: null, priority: 0 }
  const report = JSON.stringify(reportItem({ ...base, status: 'error', attempt: 1, error }))
  expect(report).not.toContain('SECRET')
  expect(report).toContain('redacted')
})
