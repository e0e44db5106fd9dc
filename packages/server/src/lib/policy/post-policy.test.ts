import { decodePolicy, expandFilename, matchPolicy, parsePolicy, FORM_FIELDS } from '@cosdrop/protocol'
import { describe, expect, it } from 'vitest'
import { account, bucket, NOON } from '../testing/demo.ts'
import type { FieldRules } from './field-rule.ts'
import { createPostPolicy, type PostPolicyOptions } from './post-policy.ts'
import type { SignedPost } from './sign-post.ts'

const base: PostPolicyOptions = { ...bucket, key: 'photos/cat.jpg', size: { max: 1000 } }

function sign(options: Partial<PostPolicyOptions> = {}, wishes: Readonly<Record<string, string>> = {}): SignedPost {
  return createPostPolicy({ ...base, ...options }).sign(account, { now: NOON, wishes })
}

const policyOf = (post: SignedPost): ReturnType<typeof parsePolicy> => parsePolicy(decodePolicy(post.fields['policy'] ?? ''))
const conditionOn = (post: SignedPost, field: string): unknown =>
  policyOf(post).conditions.find((condition) => 'field' in condition && condition.field === field)

/** What the policy says to the form after one change: `null` is yes. */
function answer(post: SignedPost, change: Readonly<Record<string, string | undefined>>, fileSize = 10): string | null {
  const fields = Object.entries({ ...post.fields, ...change }).filter((field): field is [string, string] => field[1] !== undefined)
  const mismatch = matchPolicy(policyOf(post), { fields, bucket: bucket.bucket, filename: 'cat.jpg', fileSize }, new Date(NOON))
  return mismatch === null ? null : 'field' in mismatch ? mismatch.field : mismatch.reason
}

describe('a policy without rules', () => {
  it('admits the form that was signed with it', () => {
    expect(answer(sign(), {})).toBeNull()
  })

  it('leaves no documented field to the visitor but those that harm nobody', () => {
    const post = sign()
    const open = FORM_FIELDS.filter((field) => field.group !== 'signature' && field.name !== 'file')
      .filter((field) => answer(post, { [field.name.replace('*', 'any')]: 'something else' }) === null)
      .map((field) => field.name)
    expect(open).toEqual(['x-cos-meta-*', 'x-cos-traffic-limit', 'Content-MD5', 'x-cos-forbid-overwrite'])
  })

  it('may live for seconds only, when the key pair is permanent', () => {
    expect(sign({ expiresIn: 2 }).expiresAt).toBe(new Date(NOON + 2000).toISOString())
  })

  it('insists on each pinned field being sent', () => {
    const post = sign()
    const pinned = Object.keys(post.fields).filter((name) => name !== 'policy' && name !== 'q-signature')
    for (const name of pinned) expect([name, answer(post, { [name]: undefined })]).toEqual([name, name])
  })

  it('can leave blank fields uncovered, for a service that should not take them', () => {
    const post = sign({ blankPins: false })
    expect(Object.values(post.fields)).not.toContain('')
    expect(answer(post, {})).toBeNull()
    expect(answer(post, { acl: 'public-read' })).toBe('acl')
    expect(answer(post, { 'x-cos-grant-read': 'id="1"' })).toBeNull()
    expect(() => sign({ blankPins: false }, { 'x-cos-grant-read': 'id="1"' })).toThrow(expect.objectContaining({ code: 'refused' }))
  })
})

describe('who decides a field', () => {
  it('fixed: the server, whatever the page wishes', () => {
    const fields: FieldRules = { acl: { fixed: 'private' } }
    const post = sign({ fields })
    expect(post.fields['acl']).toBe('private')
    expect(answer(post, { acl: 'public-read' })).toBe('acl')
    expect(sign({ fields }, { acl: 'private' }).fields['acl']).toBe('private')
    expect(() => sign({ fields }, { acl: 'public-read' })).toThrow(expect.objectContaining({ code: 'refused' }))
  })

  it('nobody: the page may ask for what is held anyway', () => {
    expect(sign({}, { acl: 'default' }).fields['acl']).toBe('default')
    expect(() => sign({}, { acl: 'private' })).toThrow(expect.objectContaining({ code: 'refused' }))
  })

  it('nobody, where the rule says so', () => {
    expect(sign({ fields: { acl: 'forbidden' } }).fields['acl']).toBe('default')
    expect(() => sign({ fields: { success_action_status: 'forbidden' } }, { success_action_status: '200' })).toThrow(
      expect.objectContaining({ code: 'refused' }),
    )
  })

  it('nobody, where a rule was left out with undefined', () => {
    expect(sign({ fields: { acl: undefined! } }).fields['acl']).toBe('default')
  })

  it('prefix: the page, as long as it starts so', () => {
    const fields: FieldRules = { 'Content-Type': { prefix: 'image/' } }
    expect(conditionOn(sign({ fields }), 'Content-Type')).toEqual({ kind: 'starts-with', field: 'Content-Type', value: 'image/' })
    expect(sign({ fields }, { 'content-type': 'image/png' }).fields['Content-Type']).toBe('image/png')
    expect(answer(sign({ fields }), { 'Content-Type': 'image/webp' })).toBeNull()
    expect(answer(sign({ fields }), { 'Content-Type': 'text/html' })).toBe('Content-Type')
    expect(() => sign({ fields }, { 'Content-Type': 'text/html' })).toThrow(expect.objectContaining({ code: 'refused' }))
  })

  it('prefix, of a redirect: the page, below one host', () => {
    const fields: FieldRules = { success_action_redirect: { prefix: 'https://my.website/' } }
    const wish = { success_action_redirect: 'https://my.website/done' }
    expect(sign({ fields }, wish).fields).toMatchObject(wish)
  })

  it('within: the page among a few, and then that one only', () => {
    const fields: FieldRules = { 'x-cos-storage-class': { within: ['STANDARD_IA', 'ARCHIVE'], otherwise: 'STANDARD_IA' } }
    expect(sign({ fields }).fields['x-cos-storage-class']).toBe('STANDARD_IA')
    const post = sign({ fields }, { 'x-cos-storage-class': 'ARCHIVE' })
    expect(post.fields['x-cos-storage-class']).toBe('ARCHIVE')
    expect(answer(post, { 'x-cos-storage-class': 'STANDARD_IA' })).toBe('x-cos-storage-class')
    expect(() => sign({ fields }, { 'x-cos-storage-class': 'STANDARD' })).toThrow(expect.objectContaining({ code: 'refused' }))
  })

  it('within a test, and held at "not set" when there is no wish', () => {
    const fields: FieldRules = { 'x-cos-meta-album': { within: (value) => /^\d+$/.test(value) } }
    expect(sign({ fields }, { 'X-Cos-Meta-Album': '12' }).fields['x-cos-meta-album']).toBe('12')
    expect(() => sign({ fields }, { 'x-cos-meta-album': 'x' })).toThrow(expect.objectContaining({ code: 'refused' }))
    expect(sign({ fields }).fields).not.toHaveProperty('x-cos-meta-album')
  })

  it('free: whoever fills the form', () => {
    const post = sign({ fields: { 'Cache-Control': 'free' } }, { 'Cache-Control': 'no-store' })
    expect(post.fields['Cache-Control']).toBe('no-store')
    expect(answer(post, { 'Cache-Control': 'max-age=1' })).toBeNull()
  })
})

describe('the key', () => {
  it('is the one key', () => {
    expect(answer(sign(), { key: 'photos/dog.jpg' })).toBe('key')
  })

  it('becomes a prefix by itself when it holds ${filename}', () => {
    const post = sign({ key: 'photos/${filename}' })
    expect(post.fields['key']).toBe('photos/${filename}')
    expect(conditionOn(post, 'key')).toEqual({ kind: 'starts-with', field: 'key', value: 'photos/' })
    expect(expandFilename(post.fields['key'] ?? '', 'cat.jpg')).toBe('photos/cat.jpg')
    expect(answer(post, {})).toBeNull()
    expect(answer(post, { key: 'secret/cat.jpg' })).toBe('key')
  })
})

describe('the size', () => {
  it('holds at both ends, inclusive', () => {
    const post = sign({ size: { min: 5, max: 10 } })
    expect([4, 5, 10, 11].map((size) => answer(post, {}, size))).toEqual(['content-length-range', null, null, 'content-length-range'])
  })
})

describe('time', () => {
  it('ends policy and key time together, in UTC', () => {
    const post = sign({ expiresIn: 600 })
    expect(post.expiresAt).toBe('2026-11-21T12:10:00.000Z')
    expect(policyOf(post).expiration).toBe(post.expiresAt)
    expect(post.fields['q-key-time']).toBe(`${NOON / 1000 - 60};${NOON / 1000 + 600}`)
  })

  it('never outlives temporary credentials, and sends their token', () => {
    const post = createPostPolicy(base).sign({ ...account, token: 'a "token"', expiresAt: NOON + 100_000 }, { now: NOON })
    expect(post.expiresAt).toBe('2026-11-21T12:01:40.000Z')
    expect(post.fields['x-cos-security-token']).toBe('a "token"')
    const late = { ...account, token: 't', expiresAt: NOON + 4000 }
    expect(() => createPostPolicy(base).sign(late, { now: NOON })).toThrow(expect.objectContaining({ code: 'credentials-unavailable' }))
  })
})

it('new credentials sign from the moment that they are there, also within one second', () => {
  const policy = createPostPolicy(base)
  const ids = ['AKIDold', 'AKIDnew'].map((secretId) => policy.sign({ ...account, secretId }, { now: NOON }).fields['q-ak'])
  expect(ids).toEqual(['AKIDold', 'AKIDnew'])
})

describe('text of all scripts', () => {
  it('is signed as the bytes that are sent', () => {
    const post = sign({ key: '相册/猫 "1".jpg', fields: { 'x-cos-meta-owner': { fixed: '腾讯云 😀' } } })
    expect(answer(post, {})).toBeNull()
    expect(post.fields['key']).toBe('相册/猫 "1".jpg')
    expect(post.fields['x-cos-meta-owner']).toBe('腾讯云 😀')
  })
})

describe('rules that cannot work are told when the server starts', () => {
  const broken: Record<string, Partial<PostPolicyOptions>> = {
    'metadata with an underscore': { fields: { 'x-cos-meta-my_name': { fixed: 'x' } } },
    'metadata over 2 KB in all': { fields: { 'x-cos-meta-a': { fixed: 'x'.repeat(1500) }, 'x-cos-meta-b': { fixed: 'x'.repeat(600) } } },
    'a traffic limit out of range': { fields: { 'x-cos-traffic-limit': { fixed: '1000' } } },
    'an unknown storage class': { fields: { 'x-cos-storage-class': { fixed: 'COLD' } } },
    'an unknown default of a wish': { fields: { acl: { within: ['private'], otherwise: 'everyone' } } },
    'an unknown value in a list': { fields: { acl: { within: ['private', 'everyone'] } } },
    'a prefix where COS compares exactly': { fields: { 'x-cos-storage-class': { prefix: 'STAND' } } },
    'a status that COS does not know': { fields: { success_action_status: { fixed: '500' } } },
    'a key over 850 bytes': { key: '猫'.repeat(284) },
    'an empty key': { key: '' },
    'a key that starts with a slash': { key: '/photos/cat.jpg' },
    'a key with a control character': { key: 'a\u001ab' },
    'a key with a line end': { key: 'a\nb' },
    'a key with half a line end': { key: 'a\rb' },
    'a key with half a character': { key: 'a\ud83d' },
    'a value with a line end': { fields: { 'x-cos-meta-a': { fixed: 'a\nb' } } },
    'a value with half a line end': { fields: { 'x-cos-meta-a': { fixed: 'a\rb' } } },
    'metadata with an underscore that the page decides': { fields: { 'x-cos-meta-my_name': 'free' } },
    ...Object.fromEntries(
      [
        'https://my.website',
        'https:////',
        'https://ann@my.website/',
        'https://my.website\\/',
        'https://my website/',
        'javascript:https://my.website/',
      ].map((prefix) => [`a prefix for redirects that leaves the host open: ${prefix}`, { fields: { success_action_redirect: { prefix } } }]),
    ),
    'a rule that nothing can hold': { fields: { 'x-cos-meta-a': 'forbidden' } },
    'more than 5 GB': { size: { max: 5 * 1024 ** 3 + 1 } },
    'a range upside down': { size: { min: 10, max: 5 } },
    'half a byte': { size: { max: 0.5 } },
    'a negative size': { size: { min: -1, max: 5 } },
    'no life at all': { expiresIn: 0 },
    'a life of days': { expiresIn: 7 * 24 * 3600 },
    'a bucket without APPID': { bucket: 'examplebucket' },
    'a region that is a host': { region: 'ap-guangzhou.example.com' },
    'an endpoint with a query': { endpoint: 'https://example.com/?a' },
    'an endpoint of another scheme': { endpoint: 'file:///tmp/' },
    'an endpoint with a password, which each page would be told': { endpoint: 'https://ann:secret@example.com/' },
    'an endpoint with a line break': { endpoint: 'https://example.com/\n' },
  }
  it.each(Object.entries(broken))('%s', (_name, options) => {
    expect(() => createPostPolicy({ ...base, ...options })).toThrow(expect.objectContaining({ name: 'CosServerError', code: 'rules-invalid' }))
  })

  it('a rule that is to limit what no policy can', () => {
    const fields = { 'Content-MD5': { fixed: '7o3pGNBWQBRbGPcPTDqmAg==' } }
    expect(() => createPostPolicy({ ...base, fields })).toThrow(expect.objectContaining({ code: 'rules-invalid', details: { field: 'Content-MD5' } }))
  })

  it.each(['policy', 'q-ak', 'file', 'key', 'x-cos-meta-*', 'x-amz-acl', '__proto__'])('a rule for "%s", which is no field of theirs', (name) => {
    const fields: FieldRules = JSON.parse(`{${JSON.stringify(name)}: "free"}`)
    expect(() => createPostPolicy({ ...base, fields })).toThrow(expect.objectContaining({ code: 'rules-invalid' }))
  })

  it('two rules for one field', () => {
    const fields: FieldRules = JSON.parse('{"acl": "free", "ACL": "free"}')
    expect(() => createPostPolicy({ ...base, fields })).toThrow(expect.objectContaining({ code: 'rules-invalid' }))
  })
})
