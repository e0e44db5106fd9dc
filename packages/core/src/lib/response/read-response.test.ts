import { writeErrorXml, writePostResponse } from '@cosdrop/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import type { TransportReply } from '../transport/transport.ts'
import { isCosUploadError, type CosUploadError } from '../upload-error.ts'
import type { UploadResult } from '../upload-result.ts'
import { readReply } from './read-response.ts'
import { readUnusualReply } from './read-unusual-reply.ts'

const action = 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/'
const form = createPostForm({ action, fields: [['key', 'folder/${filename}']], file: new Blob(['x']), filename: 'a b.txt' })
const redirecting = createPostForm({ ...form, fields: [...form.fields, ['success_action_redirect', 'https://my.website/landed?from=form']] })
const landingUrl = 'https://my.website/landed?from=form&bucket=examplebucket-1250000000&key=folder/a%20b.txt&etag=%22ee8d%22'

const exposed = {
  ETag: '"ee8de918d05640145b18f70f4c3aa602"',
  Location: 'http://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/folder/a%20b.txt',
  'x-cos-hash-crc64ecma': '16749565679157681890',
  'x-cos-request-id': 'NWQ2NzgyYTZfYjcyNTQ4NjRfNGNlMF8xYTM0ZmY=',
  'x-cos-version-id': 'MTg0NDUxNzgyNTM4MzM0NTA0MDM',
  'x-cos-server-side-encryption': 'AES256',
}

function reply(status: number | null, headers: Readonly<Record<string, string>> = {}, rest: Partial<TransportReply> = {}): TransportReply {
  const list = new Headers(headers)
  return { status, header: (name) => list.get(name), body: '', url: action, via: 'xhr', ...rest }
}

async function refusal(read: Promise<unknown>): Promise<CosUploadError> {
  try {
    await read
  } catch (error) {
    if (isCosUploadError(error)) return error
    throw error
  }
  throw new Error('It was not refused.')
}

describe('a stored object', () => {
  test.each([200, 201, 204])('is read from the headers of a %d without a body', async (status) => {
    expect(await readReply(reply(status, exposed), form)).toEqual({
      bucket: 'examplebucket-1250000000',
      key: 'folder/a b.txt',
      location: exposed.Location,
      etag: exposed.ETag,
      versionId: exposed['x-cos-version-id'],
      crc64: exposed['x-cos-hash-crc64ecma'],
      integrity: 'unavailable',
      encryption: { kind: 'SSE-COS', algorithm: 'AES256' },
      requestId: exposed['x-cos-request-id'],
      status,
      via: 'xhr',
      diagnostics: [],
    })
  })

  test.each([200, 201, 204])('is read from the body of a %d where the headers are hidden', async (status) => {
    const posted = { location: 'http://host/other', bucket: 'other-1', key: 'other', etag: '"aa"' }
    const result = await readReply(reply(status, {}, { body: writePostResponse(posted) }), form)
    expect(result).toMatchObject(posted)
  })

  test('has its ETag with quotes, though the body has it without', async () => {
    const etag = 'ee8de918d05640145b18f70f4c3aa602'
    const posted = { location: 'http://host/a', bucket: 'other-1', key: 'a', etag }
    expect(await readReply(reply(201, {}, { body: writePostResponse(posted) }), form)).toMatchObject({ etag: `"${etag}"` })
  })

  test.each([201, 204])('has a location though no header of its %d can be read', async (status) => {
    expect(await readReply(reply(status), form)).toMatchObject({
      location: `${action}folder/a%20b.txt`,
      bucket: 'examplebucket-1250000000',
      key: 'folder/a b.txt',
    })
  })

  test('is found in a path-style address', async () => {
    const local = { ...form, action: 'http://127.0.0.1:9000/examplebucket-1250000000' }
    expect(await readReply(reply(204, {}, { url: local.action }), local)).toMatchObject({
      bucket: 'examplebucket-1250000000',
      location: 'http://127.0.0.1:9000/examplebucket-1250000000/folder/a%20b.txt',
    })
  })

  test('with an ETag that cannot be read names the CORS setting', async () => {
    const { etag, diagnostics } = await readReply(reply(204), form)
    expect(etag).toBeNull()
    expect(diagnostics.map(({ code, header }) => [code, header])).toEqual([
      ['header-not-exposed', 'ETag'],
      ['header-not-exposed', 'x-cos-hash-crc64ecma'],
      ['header-not-exposed', 'x-cos-request-id'],
    ])
    expect(diagnostics[0]?.message).toMatch(/ExposeHeaders.*ETag.*x-cos-version-id/)
  })

  test.each(['ETag', 'x-cos-hash-crc64ecma', 'x-cos-request-id'] as const)('of which the bucket hides %s alone is told to', async (hidden) => {
    const { [hidden]: _hidden, ...others } = exposed
    expect((await readReply(reply(204, others), form)).diagnostics).toMatchObject([{ code: 'header-not-exposed', header: hidden }])
  })

  test.each([{}, { Location: '/folder/a%20b.txt' }])('has a whole location where storage tells none, or the bucket hides it: %o', async (told) => {
    const { Location: _hidden, ...others } = exposed
    expect(await readReply(reply(204, { ...others, ...told }), form)).toMatchObject({ location: `${action}folder/a%20b.txt`, diagnostics: [] })
  })

  test.each<Record<string, string>>([{}, { 'Content-Type': 'text/html' }])(
    'is one where a service of the same kind answers with an ETag and an empty 200: %o',
    async (type) => {
      expect(await readReply(reply(200, { ETag: '"e"', ...type }), form)).toMatchObject({ etag: '"e"', status: 200 })
    },
  )

  test('is one though a callback answers in words of its own, and the bucket exposes the ETag alone', async () => {
    const answered = reply(200, { ETag: '"e"', 'Content-Type': 'application/json' }, { body: '{"saved":true}' })
    expect(await readReply(answered, form)).toMatchObject({ etag: '"e"', status: 200 })
  })

  test.each([200, 201, 204])('is the same by the short way and by the long one: %d', async (status) => {
    expect(await readReply(reply(status, exposed), form)).toEqual(readUnusualReply(reply(status, exposed), form))
  })

  const sse = 'x-cos-server-side-encryption'
  test.each<[UploadResult['encryption'], Readonly<Record<string, string>>]>([
    [null, {}],
    [{ kind: 'SSE-COS', algorithm: 'AES256' }, { [sse]: 'AES256' }],
    [
      { kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: 'k' },
      { [sse]: 'cos/kms', [`${sse}-cos-kms-key-id`]: 'k' },
    ],
    [
      { kind: 'SSE-C', algorithm: 'AES256', keyMd5: 'm' },
      { [`${sse}-customer-algorithm`]: 'AES256', [`${sse}-customer-key-MD5`]: 'm' },
    ],
  ])('tells how it is encrypted: %o', async (encryption, headers) => {
    const { [sse]: _other, ...plain } = exposed
    const answer = reply(204, { ...plain, ...headers })
    expect(await readReply(answer, form)).toMatchObject({ etag: exposed.ETag, encryption })
    expect(await readReply(answer, form)).toEqual(readUnusualReply(answer, form))
  })

  test('says nothing of a version id that is not there: versioning may be off', async () => {
    const { 'x-cos-version-id': _none, ...others } = exposed
    expect(await readReply(reply(204, others), form)).toMatchObject({ versionId: null, diagnostics: [] })
  })
})

describe('a redirect', () => {
  test('that XHR followed is read from where it landed, and nothing of the landing page is taken for COS', async () => {
    const result = await readReply(
      reply(200, { ETag: '"of-the-page"', 'Content-Type': 'text/html' }, { url: landingUrl, body: '<html>' }),
      redirecting,
    )
    expect(result).toMatchObject({ etag: '"ee8d"', key: 'folder/a b.txt', location: `${action}folder/a%20b.txt`, status: null, requestId: null })
    expect(result.diagnostics.every(({ code }) => code === 'redirect')).toBe(true)
  })

  test('to a landing page that answers 404 is still a stored object', async () => {
    expect((await readReply(reply(404, {}, { url: landingUrl }), redirecting)).etag).toBe('"ee8d"')
  })

  test.each([403, 404, 503])('whose landing page leads on to one that answers %d is no refusal of COS', async (status) => {
    const landed = reply(status, { 'Content-Type': 'text/html' }, { url: 'https://my.website/login', body: '<!doctype html>' })
    await expect(readReply(landed, redirecting)).rejects.toMatchObject({
      code: 'redirect-unreadable',
      details: { url: 'https://my.website/login' },
    })
  })

  test('from another domain of a bucket tells which bucket that is', async () => {
    const domain = createPostForm({ ...redirecting, action: 'https://upload.my.website/' })
    expect(await readReply(reply(200, {}, { url: landingUrl }), domain)).toMatchObject({ bucket: 'examplebucket-1250000000' })
  })

  test('of a native form that lands on another page is not called a success', async () => {
    const landed = reply(null, {}, { url: 'https://my.website/other', via: 'iframe' })
    expect((await refusal(readReply(landed, redirecting))).code).toBe('redirect-unreadable')
  })

  test('to an empty page that tells nothing is a doubt, and no success', async () => {
    const landed = reply(204, {}, { url: 'https://my.website/login' })
    expect((await refusal(readReply(landed, redirecting))).code).toBe('redirect-unreadable')
  })

  test('that Node shows keeps the headers of COS', async () => {
    const result = await readReply(reply(303, { ...exposed, Location: landingUrl }, { via: 'fetch' }), redirecting)
    expect(result).toMatchObject({ etag: exposed.ETag, versionId: exposed['x-cos-version-id'], status: 303, diagnostics: [] })
    expect(result.location).toBe(`${action}folder/a%20b.txt`)
  })

  test('that fetch shows without detail proves that the object is stored', async () => {
    const result = await readReply(reply(null, {}, { url: null, via: 'fetch' }), redirecting)
    expect(result).toMatchObject({ etag: null, status: null, key: 'folder/a b.txt' })
    expect(result.diagnostics[0]).toMatchObject({
      code: 'redirect',
      header: 'ETag',
      message: expect.stringContaining('leave success_action_redirect out'),
    })
  })

  test('of a native form is read from its landing page', async () => {
    const result = await readReply(reply(null, {}, { url: landingUrl, via: 'iframe' }), redirecting)
    expect(result).toMatchObject({ etag: '"ee8d"', bucket: 'examplebucket-1250000000', versionId: null, via: 'iframe' })
    expect(result.diagnostics[0]?.code).toBe('native-form')
  })

  test('that landed without the three parameters is not called a success', async () => {
    const error = await refusal(readReply(reply(200, {}, { url: 'https://my.website/other?session=1' }), redirecting))
    expect(error).toMatchObject({ code: 'redirect-unreadable', details: { url: 'https://my.website/other' } })
  })

  test.each([201, 204])('that COS did not take for a URL is an ordinary success: %d', async (status) => {
    expect((await readReply(reply(status, exposed), redirecting)).etag).toBe(exposed.ETag)
    expect(await readReply(reply(status, { ETag: exposed.ETag }), redirecting)).toMatchObject({ etag: exposed.ETag, status })
  })

  test('is refused like every other form', async () => {
    const body = writeErrorXml({ code: 'AccessDenied', message: 'Access Denied.', resource: '', requestId: '', traceId: '' })
    expect((await refusal(readReply(reply(403, {}, { body }), redirecting))).code).toBe('service')
  })

  test.each([action, null])(
    'that never came about, of a storage that is busy and answers at %s, is sent again like every other form',
    async (url) => {
      const busy = await refusal(readReply(reply(503, {}, { url }), redirecting))
      expect(busy).toMatchObject({ code: 'service', details: { problem: 'busy' } })
    },
  )
})

test('a stored object of which a body tells no more than the key is a success', async () => {
  const body = '<PostResponse><Location/><Bucket>b</Bucket><Key>k</Key><ETag/></PostResponse>'
  expect(await readReply(reply(201, {}, { body }), form)).toMatchObject({ key: 'k', etag: null })
  expect(await readReply(reply(200, {}, { body: '<UploadResult><OriginalInfo/></UploadResult>' }), form)).toMatchObject({ etag: null })
})

test('what answers in the place of storage is no success', async () => {
  const opaque = reply(null, {}, { url: null, via: 'fetch' })
  expect((await refusal(readReply(opaque, form))).code).toBe('reply-malformed')
  const portal = reply(200, { 'Content-Type': 'application/json' }, { body: '{"error":"login"}', url: 'https://portal.example/login' })
  expect((await refusal(readReply(portal, form))).code).toBe('reply-malformed')
})

describe('a refusal', () => {
  const body = writeErrorXml({
    code: 'AccessDenied',
    message: 'You post object request has been expired, expiration time: 1621188104 but the time now : 1621245817',
    resource: 'examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/a',
    requestId: 'NWQ2',
    traceId: 'OGVm',
  })

  test('carries everything that COS said', async () => {
    expect(await refusal(readReply(reply(403, {}, { body }), form))).toMatchObject({
      code: 'service',
      details: {
        status: 403,
        serviceCode: 'AccessDenied',
        requestId: 'NWQ2',
        traceId: 'OGVm',
        resource: 'examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/a',
      },
    })
  })

  test('says what happened and what to do', async () => {
    const { message } = await refusal(readReply(reply(403, {}, { body }), form))
    expect(message).toMatch(/HTTP 403, AccessDenied: You post .*new policy.*NWQ2/)
  })

  test('is read from JSON, from headers, or from nothing', async () => {
    const json = { body: '{"code":"SlowDown","message":"Please slow down.","request_id":"id"}' }
    expect((await refusal(readReply(reply(503, {}, json), form))).details).toMatchObject({ serviceCode: 'SlowDown', requestId: 'id' })
    expect((await refusal(readReply(reply(503, { 'x-cos-request-id': 'r', 'x-cos-trace-id': 't' }), form))).details).toMatchObject({
      serviceCode: null,
      requestId: 'r',
      traceId: 't',
    })
    expect((await refusal(readReply(reply(502, {}, { body: '<html>Bad gateway' }), form))).details).toMatchObject({
      status: 502,
      serviceMessage: null,
    })
  })

  test('that prints a token does not carry it', async () => {
    const message = "Condition key x-cos-security-token doesn't match the value SECRETabc"
    const error = await refusal(
      readReply(reply(403, {}, { body: writeErrorXml({ code: 'AccessDenied', message, resource: '', requestId: 'NWQ2', traceId: 'OGVm' }) }), form),
    )
    expect(JSON.stringify([error.message, error.details])).not.toContain('SECRET')
    expect(error.message).toContain('x-cos-security-token')
  })

  test('is read from JSON in the spelling of other paths of COS', async () => {
    const json = { body: '{"Code":-46628,"Message":"The object is being written."}' }
    const details = { serviceCode: '-46628', serviceMessage: 'The object is being written.' }
    expect((await refusal(readReply(reply(400, {}, json), form))).details).toMatchObject({ ...details, requestId: null, resource: null })
  })

  test('without a reason says that there is none, and names no request where there is no id', async () => {
    const { message } = await refusal(readReply(reply(502, {}, { body: '<html>Bad gateway' }), form))
    expect(message).toBe(
      'Storage refused the upload (HTTP 502, no reason given). A gateway gave storage up, which may have the file all the same: look for it before you try again.',
    )
  })

  test.each(['null', '502', '"Bad gateway"'])('of a gateway that answers no more than %s as JSON is one without a reason', async (json) => {
    expect((await refusal(readReply(reply(502, {}, { body: json }), form))).details).toMatchObject({ serviceCode: null, serviceMessage: null })
  })

  test('that prints what a condition asks for tells it, where that is no secret', async () => {
    const message = "Condition key acl doesn't match the value private"
    const printed = writeErrorXml({ code: 'AccessDenied', message, resource: '', requestId: '', traceId: '' })
    const error = await refusal(readReply(reply(403, {}, { body: printed }), form))
    expect(error).toMatchObject({ message: expect.stringContaining(message), details: { resource: null, requestId: null, traceId: null } })
  })

  test('of the region to which storage has led on is one of storage', async () => {
    const url = 'https://examplebucket-1250000000.cos.ap-beijing.myqcloud.com/'
    const refused = reply(403, { 'x-cos-request-id': 'r' }, { url })
    expect(await refusal(readReply(refused, form))).toMatchObject({ code: 'service', details: { status: 403, requestId: 'r' } })
  })

  test.each([{}, exposed])('counts though it came with 200 and the headers %o', async (headers) => {
    expect((await refusal(readReply(reply(200, headers, { body }), form))).code).toBe('service')
  })

  test.each(['<Error xmlns="http://gateway.example/">', '<!-- gateway -->\n<Error>', '<Error\n>'])(
    'counts though it came with 200 and a gateway wrote it in its own manner: %s',
    async (start) => {
      const written = `<?xml version="1.0"?>\n${start}<Code>InternalError</Code><Message>Try again.</Message></Error>`
      expect(await refusal(readReply(reply(200, {}, { body: written }), form))).toMatchObject({
        code: 'service',
        details: { serviceCode: 'InternalError' },
      })
    },
  )

  test.each([
    ['120', null, 120],
    ['Wed, 21 Oct 2026 07:28:30 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT', 30],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:30 GMT', 0],
    ['Wed, 21 Oct 2026 07:28:00 GMT', null, 0],
    ['soon', null, null],
  ])('with Retry-After "%s" and Date %s asks for a wait of %s s', async (retryAfter, date, seconds) => {
    const headers = { 'Retry-After': retryAfter, ...(date !== null && { Date: date }) }
    expect((await refusal(readReply(reply(503, headers), form))).details).toMatchObject({ retryAfter: seconds })
  })
})

describe('what is no reply of COS', () => {
  test('is not called a success: a web page with status 200', async () => {
    const page = reply(200, { 'Content-Type': 'text/html; charset=utf-8' }, { body: '<!doctype html>' })
    expect(await refusal(readReply(page, form))).toMatchObject({ code: 'reply-malformed', details: { status: 200 } })
  })

  test.each([0, 100, 301, 304, null])('is not called a success: status %s', async (status) => {
    expect((await refusal(readReply(reply(status), form))).code).toBe('reply-malformed')
  })

  test.each([199, 300, 307, null])('is not called a success: status %s, though it has a request id of storage', async (status) => {
    const error = await refusal(readReply(reply(status, { 'x-cos-request-id': 'r' }), form))
    expect(error).toMatchObject({ code: 'reply-malformed', details: { status } })
  })

  test.each([
    ['a page with the weak ETag of a web framework', 'text/html; charset=utf-8', 'W/"5f-18"', '<!doctype html><title>App</title>'],
    ['an empty page with such an ETag', 'text/html', 'W/"0"', ''],
    ["an app's own JSON with such an ETag", 'application/json', 'W/"5f-18"', '{"error":"login"}'],
    ['a page of XHTML, as of a portal to log in at', 'application/xhtml+xml', '', '<html xmlns="http://www.w3.org/1999/xhtml"></html>'],
    ['a page with the strong ETag of a web server', 'text/html', '"5f-18"', '<!doctype html><title>App</title>'],
  ])('is not called a success: %s', async (_what, type, etag, body) => {
    await expect(readReply(reply(200, { 'Content-Type': type, ETag: etag }, { body }), form)).rejects.toMatchObject({ code: 'reply-malformed' })
  })

  test('is not called a success: an empty 200 that nobody asked for, as of `new Response()` in a service worker', async () => {
    await expect(readReply(reply(200), form)).rejects.toMatchObject({ code: 'reply-malformed' })
    const asking = createPostForm({ ...form, fields: [...form.fields, ['success_action_status', '200']] })
    expect(await readReply(reply(200), asking)).toMatchObject({ key: 'folder/a b.txt', status: 200 })
  })

  test.each([202, 205])('is not called a success: an empty %i, which COS never answers, also to who asks for 200', async (status) => {
    await expect(readReply(reply(status), form)).rejects.toMatchObject({ code: 'reply-malformed' })
    const asking = createPostForm({
      action,
      fields: [
        ['key', 'a'],
        ['success_action_status', '200'],
      ],
      file: new Blob(['x']),
      filename: 'a',
    })
    await expect(readReply(reply(status), asking)).rejects.toMatchObject({ code: 'reply-malformed' })
  })

  test('is not called a success: the listing of a bucket, after a redirect that made a GET of the POST', async () => {
    const body = '<?xml version="1.0"?><ListBucketResult><Name>examplebucket-1250000000</Name></ListBucketResult>'
    const list = reply(200, { 'Content-Type': 'application/xml', 'x-cos-request-id': 'r' }, { body, url: `${action}list/` })
    await expect(readReply(list, form)).rejects.toMatchObject({ code: 'reply-malformed' })
  })

  test('is not called a success: an empty 204 to which something on the way has redirected, and which tells nothing of an object', async () => {
    await expect(readReply(reply(204, {}, { url: 'https://portal.example/ok' }), form)).rejects.toMatchObject({
      code: 'redirect-unreadable',
      message: expect.stringContaining('https://portal.example/ok without'),
    })
    // As http becomes https by a 307.
    expect((await readReply(reply(204, exposed, { url: 'https://elsewhere.example/' }), form)).etag).toBe(exposed.ETag)
  })

  test('but an empty 204 of storage is, where the browser has made https of http, as a page’s policy or HSTS asks for', async () => {
    const http = { ...form, action: action.replace('https:', 'http:') }
    expect(await readReply(reply(204), http)).toMatchObject({ etag: null, diagnostics: [{ code: 'header-not-exposed' }, {}, {}] })
    await expect(readReply(reply(403), { ...redirecting, action: http.action })).rejects.toMatchObject({ code: 'service' })
  })

  test('but the reply of a callback or ReturnBody is, whatever its type', async () => {
    expect((await readReply(reply(200, { ...exposed, 'Content-Type': 'text/html' }, { body: 'thanks' }), form)).etag).toBe(exposed.ETag)
  })
})

describe('where the code that reads the unusual cannot be loaded', () => {
  const withoutReader = async (): Promise<typeof readReply> => {
    vi.resetModules()
    vi.doMock('./read-unusual-reply.ts', () => {
      throw new TypeError('Failed to fetch dynamically imported module')
    })
    return (await import('./read-response.ts')).readReply
  }
  afterEach(() => {
    vi.doUnmock('./read-unusual-reply.ts')
    vi.resetModules()
  })

  test('a stored object with its headers is a success all the same', async () => {
    expect(await (await withoutReader())(reply(204, exposed), form)).toMatchObject({ etag: exposed.ETag })
  })

  test('a 204 without them is an unknown outcome that tells the status: nothing is sent twice for it', async () => {
    const error = await refusal((await withoutReader())(reply(204), form))
    expect(error).toMatchObject({ code: 'outcome-unknown', details: { url: action, key: 'folder/a b.txt', probe: null } })
    expect(error.message).toContain('HTTP 204')
  })

  test.each([502, 503])('a gateway’s %d is an unknown outcome: storage may have the file all the same', async (status) => {
    const error = await refusal((await withoutReader())(reply(status, {}, { body: '<html>Bad gateway' }), form))
    expect(error).toMatchObject({ code: 'outcome-unknown', details: { url: action, key: 'folder/a b.txt', probe: null } })
    expect(error.message).toContain(`HTTP ${status}`)
  })

  test.each([
    ['of storage, which has a request id', 503, { 'x-cos-request-id': 'NjE5' }, '', 'network'],
    ['of a proxy whose page has an error code', 504, {}, '<h1>Error Code: 504</h1>', 'outcome-unknown'],
    ['of a proxy that says when to come again: it has not asked storage', 503, { 'retry-after': '30' }, '<h1>Busy</h1>', 'network'],
  ])('what is a doubt is one as everywhere: an answer %s', async (_, status, headers, body, code) => {
    expect(await refusal((await withoutReader())(reply(status, headers, { body }), form))).toMatchObject({ code })
  })

  test.each([
    [400, 'reply-malformed'],
    [403, 'reply-malformed'],
    [500, 'network'],
    [503, 'network'],
  ])('a %d of storage stored nothing, and is said to', async (status, code) => {
    const body = writeErrorXml({ code: 'SlowDown', message: '', resource: '', requestId: '', traceId: '' })
    const error = await refusal((await withoutReader())(reply(status, {}, { body }), form))
    expect(error).toMatchObject({ code })
    expect(error.message).toMatch(/^Storage refused the upload/)
    expect(error.message).toContain(`HTTP ${status}`)
  })
})

test('a token that storage prints is shown to nobody, with the apostrophe of its error guide, too', async () => {
  const body = writeErrorXml({
    code: 'AccessDenied',
    message: 'Condition key x-cos-security-token doesn‘t match the value TOKEN',
    resource: '',
    requestId: '',
    traceId: '',
  })
  expect(String(await refusal(readReply(reply(403, {}, { body }), form)))).not.toContain('TOKEN')
})
