import { describe, expect, test, vi } from 'vitest'
import { createHttpPolicySource } from './policy/http-policy-source.ts'
import type { PolicySource } from './policy/policy-source.ts'
import type { RecoveryStore, SentNote } from './recovery/recovery.ts'
import { reportItem } from './report/report-item.ts'
import { createUploaderFixture, files, type UploaderFixture } from './testing/uploader-fixture.ts'

/** All that people, logs and support see of the one file, once it has failed. */
async function told({ uploader, run, items }: UploaderFixture): Promise<string> {
  await vi.waitFor(async () => {
    await run()
    expect(items()).toMatchObject([{ status: 'error' }])
  })
  const [item] = items()
  if (item?.status !== 'error') throw new Error('It has not failed.')
  uploader.destroy()
  return [String(item.error), JSON.stringify(item), JSON.stringify(reportItem(item))].join('\n')
}

describe('no error, note or report shows', () => {
  test.each(['network', 'outcome-unknown', 'sent-unknown'] as const)('a token in the query of the bucket: %s', async (how) => {
    const signer = createUploaderFixture().policy
    const policy: PolicySource = async (request, options) => {
      const reply = await signer.source(request, options)
      return { ...reply, posts: reply.posts.map((post) => ({ ...post, url: 'https://upload.example/?sign=SECRET' })) }
    }
    const notes: SentNote[] = []
    const recovery: RecoveryStore = {
      save: async () => {},
      load: async () => [],
      note: async (all) => void notes.push(...all.values()),
      remove: async () => {},
      close() {},
    }
    const fixture = createUploaderFixture({ policy, retry: false, recovery, confirm: async () => ({ outcome: 'different' }) })
    fixture.uploader.add(files(['a']))
    await fixture.run()
    fixture.storage.last().fail(how)
    expect(await told(fixture)).not.toContain('SECRET')
    expect(notes.length).toBeGreaterThan(0)
    expect(JSON.stringify(notes)).not.toContain('SECRET')
  })

  test('a session token that cannot be a header', async () => {
    const policy = createHttpPolicySource('http://127.0.0.1:1/policy', { headers: { authorization: 'Bearer abc\nSECRET' } })
    const fixture = createUploaderFixture({ policy, retry: false })
    fixture.uploader.add(files(['a']))
    expect(await told(fixture)).not.toContain('SECRET')
  })

  test.each([
    // Browsers and Node tell the whole address of which they complain.
    'http://[bad/policy?token=SECRET',
    'http://user:SECRET@127.0.0.1:1/policy',
    'http://user:SECRET@127.0.0.1:1/policy?token=SECRET',
  ])('what is in the address of a policy endpoint that cannot be asked: %s', async (address) => {
    const fixture = createUploaderFixture({ policy: address, retry: false })
    fixture.uploader.add(files(['a']))
    expect(await told(fixture)).not.toContain('SECRET')
  })

  test.each(['/upload?sign=SECRET', 'bucket.example/?sign=SECRET', 'ftp://user:SECRET@bucket.example/'])(
    'a token in an address that is none of a bucket: %s',
    async (url) => {
      const signer = createUploaderFixture().policy
      const policy: PolicySource = async (request, options) => {
        const reply = await signer.source(request, options)
        return { ...reply, posts: reply.posts.map((post) => ({ ...post, url })) }
      }
      const fixture = createUploaderFixture({ policy, retry: false })
      fixture.uploader.add(files(['a']))
      expect(await told(fixture)).not.toContain('SECRET')
    },
  )

  test('what COS prints of a token where it swaps Code and Message', async () => {
    const fixture = createUploaderFixture({ retry: false })
    fixture.uploader.add(files(['a']))
    await fixture.run()
    fixture.storage.last().refuse(403, "Condition key x-cos-security-token doesn't match the value SECRET", 'AccessDenied')
    expect(await told(fixture)).not.toContain('SECRET')
  })

  test.each([
    // The sentence in which COS repeats an ACL that it does not know (facts §5).
    [
      'x-cos-server-side-encryption-customer-key',
      'InvalidArgument',
      (value: string) => `x-cos-server-side-encryption-customer-key value invalid:${value}`,
    ],
    ['x-cos-security-token', 'InvalidToken', (value: string) => `The token ${value} you provided is malformed.`],
    ['Signature', 'SignatureDoesNotMatch', (value: string) => `${value} is not the signature of this form.`],
    ['x-cos-security-token', 'MalformedPOSTRequest', (value: string) => `name="x-cos-security-token"\r\n\r\n${value}\r\n--`],
  ])('what storage repeats of the field %s: %s', async (field, code, sentence) => {
    const signer = createUploaderFixture().policy
    const policy: PolicySource = async (request, options) => {
      const reply = await signer.source(request, options)
      return { ...reply, posts: reply.posts.map((post) => ({ ...post, fields: { ...post.fields, [field]: 'SECRET+/==' } })) }
    }
    const fixture = createUploaderFixture({ policy, retry: false })
    fixture.uploader.add(files(['a']))
    await fixture.run()
    fixture.storage.last().refuse(400, code, sentence('SECRET+/=='))
    const all = await told(fixture)
    expect(all).not.toContain('SECRET')
    expect(all).toContain(code)
  })
})

test.each(['javascript:alert(document.domain)', '/a', 'data:text/html,x'])(
  'a Location that is no address of an object is not handed on: %s',
  async (Location) => {
    const { uploader, storage, run, items } = createUploaderFixture()
    uploader.add(files(['a']))
    await run()
    storage.last().succeed({ ETag: '"a"', 'x-cos-request-id': 'r', 'x-cos-hash-crc64ecma': '1', Location })
    await vi.waitFor(() => expect(items()).toMatchObject([{ status: 'success', result: { location: expect.stringMatching(/^https:/) } }]))
  },
)

test.each(['two\nlines', 'half \ud83d', 'one\rreturn'])(
  'a value that browsers send otherwise than it was signed is refused before a byte is sent: %j',
  async (value) => {
    const signer = createUploaderFixture({}, { conditions: [{ kind: 'eq', field: 'x-cos-meta-title', value }] }).policy
    const policy: PolicySource = async (request, options) => {
      const reply = await signer.source(request, options)
      return { ...reply, posts: reply.posts.map((post) => ({ ...post, fields: { ...post.fields, 'x-cos-meta-title': value } })) }
    }
    const { uploader, storage, run, items } = createUploaderFixture({ policy })
    uploader.add(files(['a']))
    await run()
    await vi.waitFor(() =>
      expect(items()).toMatchObject([{ status: 'error', error: { code: expect.stringMatching(/^(form-invalid|policy-mismatch)$/) } }]),
    )
    expect(storage.requests).toHaveLength(0)
  },
)

test('a report takes no more of a message than somebody can read', async () => {
  const fixture = createUploaderFixture({ retry: false })
  fixture.uploader.add(files(['a']))
  await fixture.run()
  // One that stood the report still for 46 s.
  fixture.storage.last().refuse(403, 'AccessDenied', 'token'.repeat(20_000))
  await vi.waitFor(() => expect(fixture.statuses()).toEqual(['error']))
  const [item] = fixture.items()
  expect(JSON.stringify(item && reportItem(item)).length).toBeLessThan(20_000)
})
