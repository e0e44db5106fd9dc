import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SignedPost } from '../policy/policy-source.ts'
import { isCosUploadError } from '../upload-error.ts'
import { buildPostForm } from './build-post-form.ts'
import { isPlainForm } from './plain-form.ts'
import { toFormData } from './to-form-data.ts'
import { wireFilename } from './wire-filename.ts'

const url = 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/'
const signature = { policy: 'e30=', 'q-sign-algorithm': 'sha1', 'q-ak': 'AKID', 'q-key-time': '1;2', 'q-signature': 'abc' }
const file = new File(['hello'], 'hello.txt', { type: 'text/plain' })
const post = (fields: Readonly<Record<string, string>> | null): SignedPost => ({ url, fields, expiresAt: '2030-01-01T00:00:00Z' })
const build = (fields: Readonly<Record<string, string>> | null, filename = 'hello.txt') => buildPostForm({ post: post(fields), file, filename })

async function refusal(building: Promise<unknown>): Promise<{ field: string | null; message: string }> {
  try {
    await building
  } catch (error) {
    if (isCosUploadError(error, 'form-invalid')) return { field: error.details.field, message: error.message }
    throw error
  }
  throw new Error('It was not refused.')
}

describe('a form that COS would take', () => {
  test('keeps the signed fields in their order', async () => {
    const form = await build({ key: 'a/b.txt', acl: 'private', 'Content-Type': 'text/html', ...signature })
    expect(form.fields.map(([name]) => name)).toEqual(['key', 'acl', 'Content-Type', ...Object.keys(signature)])
    expect(form).toMatchObject({ action: url, filename: 'hello.txt', file })
  })

  test('has its own names and values, whatever form came before', async () => {
    const few = fc.uniqueArray(fc.tuple(fc.constantFrom('x-a', 'x-b', 'x-c'), fc.constantFrom('', '1', '2')), { selector: ([name]) => name })
    await fc.assert(
      fc.asyncProperty(fc.array(few, { minLength: 2, maxLength: 5 }), async (forms) => {
        for (const own of forms) {
          const fields = [['key', 'a'], ...own, ['Content-Type', ''], ...Object.entries(signature)]
          expect((await build(Object.fromEntries(fields))).fields).toEqual(fields)
        }
      }),
    )
  })

  test("gets the file's type as a field, since COS ignores the type of the part", async () => {
    expect((await build({ key: 'a', ...signature })).value('content-type')).toBe('text/plain')
  })

  test('is plain: nothing more is loaded for it', async () => {
    const form = await build({ key: 'folder/été 📷.txt', acl: 'private', ...signature })
    expect(isPlainForm(form)).toBe(true)
  })

  test("keeps the signer's type, whatever the case of its name", async () => {
    expect((await build({ key: 'a', 'content-type': '', ...signature })).fields).not.toContainEqual(['Content-Type', 'text/plain'])
  })

  test('may be signed the second way, by one field', async () => {
    expect((await build({ key: 'a', Signature: 'q-sign-algorithm=sha1' })).fields).toHaveLength(3)
  })

  test('needs no fields for a public-write bucket: the filename becomes the key', async () => {
    expect((await build(null)).key).toBe('hello.txt')
  })

  test('carries Content-MD5 when it is asked to', async () => {
    const form = await buildPostForm({ post: post({ key: 'a', ...signature }), file, filename: 'a', contentMd5: 'XUFAKrxLKna5cZ2REBfFkg==' })
    expect(form.value('content-md5')).toBe('XUFAKrxLKna5cZ2REBfFkg==')
  })

  test('names a file without a name as browsers do', async () => {
    expect(await build({ key: 'a/${filename}', ...signature }, '')).toMatchObject({ filename: 'blob' })
  })

  test('knows the key that COS will use, with the filename as it goes over the wire', async () => {
    expect((await build({ key: '${filename}/${filename}', ...signature }, 'a"b.txt')).key).toBe('a%22b.txt/a%22b.txt')
  })
})

describe('a form that COS would refuse is refused at once', () => {
  test.each<[string, Readonly<Record<string, string>>, string | null]>([
    ['a field named like the file part', { key: 'a', File: 'x' }, 'File'],
    ['two names that differ in case alone', { key: 'a', KEY: 'b' }, 'KEY'],
    ['no key', { acl: 'private' }, 'key'],
    ['an empty key', { key: '' }, 'key'],
    ['a key with a leading slash', { key: '/a' }, 'key'],
    ['a key that is too long', { key: '键'.repeat(284) }, 'key'],
    ['a key with a line break', { key: 'a\nb' }, 'key'],
    ...Object.keys(signature).map((missing): [string, Readonly<Record<string, string>>, string] => [
      `no ${missing} beside the other signature fields`,
      Object.fromEntries(Object.entries({ key: 'a', ...signature }).filter(([name]) => name !== missing)),
      missing,
    ]),
  ])('%s', async (_what, fields, field) => {
    const { field: named, message } = await refusal(build(fields))
    expect(named).toBe(field)
    expect(message).toMatch(/^The upload form cannot be built: .+\. .+\.$/)
  })

  test('a value that is no text', async () => {
    const fields: Readonly<Record<string, string>> = JSON.parse('{"key":"a","success_action_status":200}')
    expect((await refusal(build({ ...fields, ...signature }))).field).toBe('success_action_status')
  })

  test.each(['', '/upload', 'ftp://example.com/', 'javascript:alert(1)'])('the URL "%s"', async (bad) => {
    expect((await refusal(buildPostForm({ post: { ...post({ key: 'a' }), url: bad }, file, filename: 'a' }))).message).toContain('URL')
  })

  test("a Content-MD5 that is not the file's", async () => {
    const parts = { post: post({ key: 'a', 'content-md5': 'other', ...signature }), file, filename: 'a', contentMd5: 'own' }
    const { field, message } = await refusal(buildPostForm(parts))
    expect(field).toBe('Content-MD5')
    expect(message).toContain('the signed "Content-MD5" is not that of the file')
  })

  test('an address that is none, without the password and the token in it', async () => {
    const parts = { post: { ...post({ key: 'a', ...signature }), url: 'ftp://user:PASSWORD@host/?token=TOKEN' }, file, filename: 'a' }
    const { field, message } = await refusal(buildPostForm(parts))
    expect(field).toBeNull()
    expect(message).toContain('"ftp://host/" is not an absolute http(s) URL')
  })

  test('a signature field that is there, and empty', async () => {
    expect((await refusal(build({ key: 'a', ...signature, 'q-signature': '' }))).field).toBe('q-signature')
  })

  test('without showing a secret', async () => {
    const { message } = await refusal(build({ key: 'a', 'x-cos-security-token': 'TOKEN', 'X-Cos-Security-Token': 'TOKEN' }))
    expect(message).not.toContain('TOKEN')
  })
})

describe('whatever is signed', () => {
  const name = fc
    .string({ minLength: 1 })
    .filter((text) => !/^(key|file|content-type|policy|q-)/i.test(text) && !/[\r\n]/.test(text) && text !== '__proto__')
  const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text))
  const fields = fc
    .dictionary(name, value)
    .filter((all) => new Set(Object.keys(all).map((key) => key.toLowerCase())).size === Object.keys(all).length)
  const filename = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a"b', 'a\r\nb', '', '📷.heic', '\u202egpj.exe'))

  test('the file is last, and every field arrives as it was signed', async () => {
    await fc.assert(
      fc.asyncProperty(fields, filename, async (extra, chosen) => {
        const form = await build({ key: 'k', ...extra }, chosen)
        const sent = [...toFormData(form)]
        expect(sent.map(([field]) => field)).toEqual([...form.fields.map(([field]) => field), 'file'])
        const arrived = await new Response(toFormData(form)).text()
        const lastPart = arrived.slice(arrived.lastIndexOf('\r\nContent-Disposition: '))
        expect(lastPart).toContain(`name="file"; filename="${wireFilename(chosen || 'blob')}"`)
        for (const [field, text] of form.fields) expect(sent.find(([other]) => other === field)?.[1]).toBe(text)
      }),
    )
  })
})

test('half an emoji in a name, where an app cut it, is in the key what forms send for it', async () => {
  const form = await build({ key: 'up/${filename}', ...signature }, 'cut\ud83d.txt')
  // https://webidl.spec.whatwg.org/#idl-USVString
  expect(form.key).toBe('up/cut\ufffd.txt')
})
