import { describe, expect, it, vi } from 'vitest'
import { ask, demoOptions } from '../testing/demo.ts'
import { folderKey, namedKey, uniqueKey, userKey } from '../keys/key-strategy.ts'
import { allowAnyone } from './authorize.ts'
import { redirectWithin } from '../policy/redirect-within.ts'
import { createPolicyHandler } from './policy-handler.ts'
import { rateLimit } from './rate-limit.ts'

const authorized: unknown[] = []
const handler = createPolicyHandler({
  ...demoOptions,
  limits: { accept: 'image/*,.pdf', maxSize: 1_000_000 },
  fields: { acl: { fixed: 'private' }, success_action_redirect: { within: redirectWithin(['https://my.website/']) } },
  authorize: (_request, files) => {
    authorized.push(files)
    return { id: 'somebody' }
  },
})

const photo = { name: 'a.png', type: 'image/png', size: 10 }

async function refusalOf(request: Request): Promise<{ readonly status: number; readonly code: string; readonly message: string }> {
  const reply = await handler(request)
  const text = await reply.text()
  expect(text).not.toContain('policy"')
  expect(text).not.toContain('q-signature')
  const { code, message } = JSON.parse(text).error
  expect(message).toMatch(/^[A-Z"].+\.$/s)
  return { status: reply.status, code, message }
}

describe('a body that is no request is refused with a code and a sentence, and nothing is signed', () => {
  const bodies: Record<string, readonly [body: unknown, status: number, code: string]> = {
    'not JSON': ['<html>', 400, 'request-malformed'],
    empty: ['', 400, 'request-malformed'],
    'JSON cut in the middle': ['{"files":[{"name":"a', 400, 'request-malformed'],
    'a list': [[photo], 400, 'request-malformed'],
    null: ['null', 400, 'request-malformed'],
    'no files': [{}, 400, 'request-malformed'],
    'an empty list of files': [{ files: [] }, 400, 'request-malformed'],
    'files that are no list': [{ files: photo }, 400, 'request-malformed'],
    'a file that is a text': [{ files: ['a.png'] }, 400, 'request-malformed'],
    'a file without a name': [{ files: [{ type: '', size: 1 }] }, 400, 'request-malformed'],
    '10,000 files': [{ files: Array(10_000).fill({ name: 'a', type: '', size: 1 }) }, 400, 'too-many-files'],
    '10 MB of JSON': [`{"files":[],"context":"${'x'.repeat(10_000_000)}"}`, 413, 'request-too-large'],
    'wishes that are a list': [{ files: [photo], fields: ['acl'] }, 400, 'request-malformed'],
    'a wish that is an object': [{ files: [photo], fields: { acl: { $ne: '' } } }, 400, 'request-malformed'],
    'a wish of 80 KB, which each of a hundred forms would repeat': [
      { files: [photo], fields: { success_action_redirect: `https://my.website/${'a'.repeat(80_000)}` } },
      400,
      'request-malformed',
    ],
    'a wish with a line end': [{ files: [photo], fields: { 'x-cos-meta-a': 'a\r\nb' } }, 400, 'request-malformed'],
    'deep nesting': [`{"files":${'['.repeat(100_000)}`, 400, 'request-malformed'],
  }
  it.each(Object.entries(bodies))('%s', async (_name, [body, status, code]) => {
    authorized.length = 0
    expect(await refusalOf(ask(body))).toMatchObject({ status, code })
    expect(authorized).toEqual([])
  })

  it('10 MB in a stream without a length: read no further than the limit', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
        if (sent >= 10_000_000) controller.close()
      },
    })
    const request = new Request('https://app.example.com/policy', { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect(await refusalOf(request)).toMatchObject({ status: 413, code: 'request-too-large' })
    expect(sent).toBeLessThan(1_000_000)
  })
})

describe('a file that cannot be what it says', () => {
  const files: Record<string, readonly [file: Record<string, unknown>, code: string]> = {
    '../ in the name': [{ name: '../../etc/passwd.png' }, 'file-name-invalid'],
    'a Windows path': [{ name: 'C:\\photo.png' }, 'file-name-invalid'],
    'the parent folder': [{ name: '..' }, 'file-name-invalid'],
    'the folder itself': [{ name: '.' }, 'file-name-invalid'],
    'NUL in the name': [{ name: 'a.png\0.exe' }, 'file-name-invalid'],
    'an escape sequence in the name': [{ name: '\u001b[2Ja.png' }, 'file-name-invalid'],
    'a line end in the name': [{ name: 'a\nb.png' }, 'file-name-invalid'],
    'a line separator in the name': [{ name: 'a\u2028b.png' }, 'file-name-invalid'],
    'a paragraph separator in the name': [{ name: 'a\u2029b.png' }, 'file-name-invalid'],
    'an escape sequence of eight bits in the name': [{ name: '\u009b2Ja.png' }, 'file-name-invalid'],
    'a 4 KB name': [{ name: `${'a'.repeat(4096)}.png` }, 'file-name-invalid'],
    'an empty name': [{ name: '' }, 'file-name-invalid'],
    'half a surrogate pair': [{ name: 'a\ud800.png' }, 'file-name-invalid'],
    'COS’s own wildcard': [{ name: '${filename}.png' }, 'file-name-invalid'],
    'a name that is a number': [{ name: 7 }, 'request-malformed'],
    'a path that is a number': [{ relativePath: 7 }, 'request-malformed'],
    'a type with a line end': [{ type: 'image/png\r\nx-cos-acl: public-read' }, 'request-malformed'],
    'a type that is a list': [{ type: ['image/png'] }, 'request-malformed'],
    'a forged type': [{ name: 'page.html', type: 'image/png' }, 'file-invalid-type'],
    'a forged type without an extension': [{ name: 'page', type: 'text/html' }, 'file-invalid-type'],
    'a picture that runs scripts': [{ name: 'a.svg', type: 'image/svg+xml' }, 'file-invalid-type'],
    'a negative size': [{ size: -1 }, 'request-malformed'],
    'half a byte': [{ size: 0.5 }, 'request-malformed'],
    'a size beyond all integers': [{ size: 1e300 }, 'request-malformed'],
    'a size as text': [{ size: '10' }, 'request-malformed'],
    'a size over the limit': [{ size: 1_000_001 }, 'file-too-large'],
    'a receipt without its key': [{ receipt: 'r1.x' }, 'request-malformed'],
    'a made-up receipt': [{ receipt: 'r1.0.10.9999999999.x', key: 'uploads/a.png' }, 'receipt-invalid'],
  }
  it.each(Object.entries(files))('%s', async (_name, [file, code]) => {
    const reply = await handler(ask({ files: [photo, { ...photo, ...file }] }))
    expect(reply.status).toBeGreaterThanOrEqual(400)
    const { error, posts } = await reply.json()
    expect(posts).toBeUndefined()
    expect(error.code).toBe(code)
    if (code !== 'receipt-invalid') expect(error.index).toBe(1)
  })
})

it('names the sign that a name must not have, also to who sees a backslash alone', async () => {
  const reply = await handler(ask({ files: [{ ...photo, name: 'a\\b.png' }] }))
  const { error } = await reply.json()
  expect(error.message).toBe('The name of file 1 contains / or \\.')
})

it('does not tell a visitor that a picture is something else: it counts as that, since browsers run it', async () => {
  const reply = await handler(ask({ files: [{ ...photo, name: 'a.svg', type: 'image/svg+xml' }] }))
  const { error } = await reply.json()
  expect(error.message).toMatch(/^"a\.svg" counts as application\/octet-stream; allowed are image\//)
})

describe('a request that is made to be slow to read', () => {
  it('with a folder of a hundred thousand accents holds nobody up: putting them in order takes a minute', async () => {
    const normalize = vi.spyOn(String.prototype, 'normalize')
    const relativePath = `${'\u0301\u0323'.repeat(1000)}/a.png`
    await handler(ask({ files: [{ ...photo, relativePath }] }))
    expect(normalize.mock.contexts).not.toEqual([])
    for (const text of normalize.mock.contexts) expect(String(text).length).toBeLessThan(256)
    normalize.mockRestore()
  })

  it('with half a megabyte of slashes is told to the app with no more folders than any key could hold', async () => {
    authorized.length = 0
    await handler(ask({ files: [{ ...photo, relativePath: 'a/'.repeat(250_000) }] }))
    expect(authorized).toEqual([[{ ...photo, relativePath: `${'a/'.repeat(850)}a.png` }]])
  })
})

describe('a wish for what is not granted', () => {
  const wishes: Record<string, Record<string, string>> = {
    'a forbidden field': { 'x-cos-grant-full-control': 'id="100000000001"' },
    'another value of a fixed field': { acl: 'public-read' },
    'the key': { key: 'uploads/mine.png' },
    'the content type': { 'Content-Type': 'text/html' },
    'a field of the signature': { 'q-ak': 'AKID' },
    'the policy': { policy: '' },
    'the file': { file: 'x' },
    'a token': { 'x-cos-security-token': 'x' },
    'an unknown field': { 'x-amz-acl': 'public-read' },
    'metadata that no rule names': { 'x-cos-meta-role': 'admin' },
    'one field twice, in two spellings': { success_action_status: '200', SUCCESS_ACTION_STATUS: '201' },
    'a status that COS does not know': { success_action_status: '302' },
  }
  it.each(Object.entries(wishes))('%s', async (_name, fields) => {
    expect(await refusalOf(ask({ files: [photo], fields }))).toMatchObject({ status: 400, code: 'wish-refused' })
  })

  const redirects = [
    'https://my.website.evil.example/',
    'https://my.website@evil.example/',
    'http://my.website/',
    'https://my.website:8443/',
    '//my.website/',
    'javascript:alert(1)',
    'https:\\\\my.website/',
    'https://evil.example/https://my.website/',
    ' https://my.website/',
  ]
  it.each(redirects)('an open redirect to %s', async (value) => {
    const { code } = await refusalOf(ask({ files: [photo], fields: { success_action_redirect: value } }))
    expect(code).toBe('wish-refused')
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])('prototype pollution by "%s"', async (name) => {
    const body = `{"files":[{"name":"a.png","type":"image/png","size":1,${JSON.stringify(name)}:{"polluted":true}}],"fields":{${JSON.stringify(name)}:"polluted"}}`
    expect(await refusalOf(ask(body))).toMatchObject({ status: 400, code: 'wish-refused' })
    const inFileOnly = await handler(
      ask(`{"__proto__":{"files":[]},"files":[{"name":"a.png","type":"image/png","size":1,${JSON.stringify(name)}:1}]}`),
    )
    expect(inFileOnly.status).toBe(200)
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('a server that is set up wrong', () => {
  it('does not start without authorize', () => {
    const { authorize: _, ...without } = demoOptions
    // @ts-expect-error -- the type asks for authorize; JavaScript finds out here
    expect(() => createPolicyHandler(without)).toThrow(expect.objectContaining({ code: 'rules-invalid' }))
  })

  it('does not start without keys', () => {
    expect(() => createPolicyHandler({ ...demoOptions, credentials: { secretId: '', secretKey: '' } })).toThrow(
      expect.objectContaining({ code: 'credentials-unavailable' }),
    )
  })

  it.each([
    ['accept', { limits: { accept: 'pictures' } }],
    ['maxFiles', { limits: { maxFiles: 101 } }],
    ['maxTotalSize', { limits: { maxTotalSize: 0 } }],
    ['maxTotalSize', { limits: { maxTotalSize: Number(undefined) } }],
    ['content-length-range', { limits: { maxSize: 6 * 1024 ** 3 } }],
    ['success_action_redirect', { fields: { success_action_redirect: { prefix: 'https://my.website' } } }],
    ['receiptSecret', { receiptSecret: 'short' }],
  ])('says that %s is wrong', (field, options) => {
    expect(() => createPolicyHandler({ ...demoOptions, authorize: allowAnyone(), ...options })).toThrow(
      expect.objectContaining({ code: 'rules-invalid', details: { field } }),
    )
  })

  it.each([
    ['success_action_redirect', () => redirectWithin(['my.website'])],
    ['key', () => uniqueKey('/uploads/')],
    ['key', () => userKey('\\uploads\\')],
    ['key', () => namedKey('a'.repeat(850))],
    ['key', () => folderKey('up\nloads/')],
    ['key', () => uniqueKey('./uploads/')],
    ['key', () => userKey('uploads/../')],
    ['rateLimit', () => rateLimit({ posts: 0, perSeconds: 60 })],
    ['rateLimit', () => rateLimit({ posts: 5, perSeconds: Number(undefined) })],
  ])('says that %s is wrong', (field, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'rules-invalid', details: { field } }))
  })

  it('reads nothing at all when the limit of a request is no number, as of a variable that is not set', async () => {
    const unset = createPolicyHandler({ ...demoOptions, maxRequestSize: Number(undefined) })
    expect((await unset(ask({ files: [photo] }))).status).toBe(413)
  })

  it('signs no key with ${filename}, which would be a prefix', async () => {
    const errors: unknown[] = []
    const careless = createPolicyHandler({ ...demoOptions, key: () => 'uploads/${filename}', onError: (error) => errors.push(error) })
    const reply = await careless(ask({ files: [photo] }))
    expect([reply.status, (await reply.json()).error.code]).toEqual([500, 'server-error'])
    expect(errors).toEqual([expect.objectContaining({ code: 'rules-invalid' })])
  })
})
