import { encodePolicy } from '@cosdrop/protocol'
import { createPolicyHandler, createPostPolicy, allowAnyone } from '@cosdrop/server'
import { describe, expect, it } from 'vitest'
import { captured } from '../testing/captured-run.ts'
import { explainPolicy } from './explain-policy.ts'
import { readPolicyInput } from './read-policy-input.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const END = Math.floor(NOW / 1000) + 900
const address = { bucket: 'examplebucket-1250000000', region: 'ap-guangzhou' }
const credentials = { secretId: 'AKIDexample', secretKey: 'a-secret-key-of-thirty-two-chars' }
const now = (): number => NOW

const careful = createPostPolicy({ ...address, key: 'uploads/a.jpg', size: { max: 1000 }, fields: { 'Content-Type': { fixed: 'image/jpeg' } } }).sign(
  credentials,
  { now: NOW },
)

function policy(conditions: readonly unknown[], expiration = new Date(END * 1000).toISOString()): string {
  return encodePolicy(JSON.stringify({ expiration, conditions }))
}

/** Everything a careful policy pins, so that each test shows the one thing that it changes. */
const pinned = [
  { bucket: address.bucket },
  { key: 'uploads/a.jpg' },
  ['content-length-range', 0, 1000],
  { acl: 'default' },
  { 'x-cos-grant-read': '' },
  { 'x-cos-grant-read-acp': '' },
  { 'x-cos-grant-write-acp': '' },
  { 'x-cos-grant-full-control': '' },
  { success_action_redirect: '' },
  { 'Content-Type': 'image/jpeg' },
  { 'x-cos-storage-class': 'STANDARD' },
  { 'x-cos-server-side-encryption': '' },
  { 'x-cos-server-side-encryption-customer-algorithm': '' },
  { 'q-sign-algorithm': 'sha1' },
  { 'q-ak': 'AKIDexample' },
  { 'q-sign-time': `${END - 900};${END}` },
]
const without = (name: string): readonly unknown[] => pinned.filter((condition) => Array.isArray(condition) || !(name in condition))
const withInstead = (name: string, condition: unknown): readonly unknown[] => [...without(name), condition]

/** What alone would be open to all; COS wants every condition to hold. */
const LOOSE = [
  ['starts-with', '$key', ''],
  ['starts-with', '$Content-Type', ''],
  ['starts-with', '$bucket', ''],
  ['content-length-range', 10, 6e9],
]

function codes(base64: string): readonly string[] {
  return explainPolicy(readPolicyInput(base64), NOW).warnings.map(({ code }) => code)
}

describe('cosdrop policy explain', () => {
  it.each([[], ['--json']])('names a field whose value is a token or a customer key, and shows neither: %j', async (...how) => {
    const token = 'token-of-anna'
    const conditions = [
      ...pinned,
      { 'x-cos-security-token': token },
      ['starts-with', '$X-Cos-Server-Side-Encryption-Customer-Key', token],
      { 'x-cos-server-side-encryption-customer-key': token },
    ]
    const { stdout } = await captured(['policy', 'explain', policy(conditions), ...how], { now })
    expect(stdout).toContain('x-cos-security-token')
    expect(stdout).not.toContain(token)
  })

  it('objects to nothing that the policy endpoint signs', async () => {
    const handler = createPolicyHandler({ ...address, credentials, authorize: allowAnyone(), now })
    const reply = await handler(new Request('http://localhost/', { method: 'POST', body: '{"files":[{"name":"a.jpg","type":"","size":5}]}' }))
    const run = await captured(['policy', 'explain', await reply.text()], { now })
    expect(run.exit).toBe(0)
    expect(run.stdout).toContain('✓ Nothing to object to.')
    expect(run.stdout).toContain('exactly 5 B')
  })

  it('says the same of Base64, of JSON, of a signed form, and of what is piped in', async () => {
    const base64 = careful.fields['policy']!
    const expected = (await captured(['policy', 'explain', base64], { now })).stdout
    expect(expected).toContain('uploads/a.jpg')
    for (const input of [
      JSON.stringify(careful),
      JSON.stringify({ serverTime: '', posts: [careful] }),
      atob(base64),
      `${base64.slice(0, 40)}\n ${base64.slice(40)}\n`,
    ]) {
      expect((await captured(['policy', 'explain', input], { now })).stdout).toBe(expected)
      expect((await captured(['policy', 'explain', '-'], { now, stdin: input })).stdout).toBe(expected)
    }
  })

  it('reads like this in English', async () => {
    const run = await captured(
      ['policy', 'explain', policy([{ bucket: address.bucket }, ['starts-with', '$key', ''], { acl: 'public-read' }], '2026-11-21T11:00:00Z')],
      { now },
    )
    expect(run.exit).toBe(1)
    expect(run.stdout).toBe(`Whoever holds this policy and its signature may upload one file after another:
  Time      ended at 2026-11-21T11:00:00Z, 60 minutes ago
  Bucket    examplebucket-1250000000
  Key       any, so any object can be replaced
  Size      any, up to the 5 GB of one POST
  SecretId  not named
  Fields    acl must be "public-read"

7 to think about:
  ✗ It has ended: COS refuses every upload with it (403 AccessDenied). Sign a new one for each
    upload.
  ✗ The key is not limited: visitors can replace any object of the bucket. Name the key, or a prefix
    of its own for each user.
  ✗ The size is not limited: add ["content-length-range", min, max], or visitors fill the bucket at
    your cost.
  ✗ The page demands conditions on q-sign-algorithm, q-ak, q-sign-time; without them the policy is
    not tied to its signature.
  ✗ x-cos-grant-read, x-cos-grant-read-acp, x-cos-grant-write-acp, x-cos-grant-full-control,
    success_action_redirect, Content-Type can be set to anything: COS accepts fields that a policy
    does not name. With them a visitor decides who reads the file, what a browser makes of it, and
    where the upload ends.
  ! x-cos-storage-class, x-cos-server-side-encryption,
    x-cos-server-side-encryption-customer-algorithm can be set to anything: COS accepts fields that
    a policy does not name. They decide about cost and encryption.
  ! The object will be public-read: others than its owner can read whatever visitors upload.
`)
  })

  it('reads like this in Chinese', async () => {
    const run = await captured(['policy', 'explain', policy(without('key')), '--lang', 'zh-CN'], { now })
    expect(run.stdout).toBe(`持有此策略及其签名的任何人都可以反复上传文件：
  时间      至 2026-11-21T12:15:00.000Z，还有 15 分钟
  存储桶    examplebucket-1250000000
  对象键    任意，因此可以覆盖任何对象
  大小      0 B 至 1000 B
  SecretId  AKIDexample
  字段      acl 必须为 "default"
            Content-Type 必须为 "image/jpeg"
            x-cos-storage-class 必须为 "STANDARD"
            必须为空：x-cos-grant-read, x-cos-grant-read-acp, x-cos-grant-write-acp,
            x-cos-grant-full-control, success_action_redirect, x-cos-server-side-encryption,
            x-cos-server-side-encryption-customer-algorithm

1 处需要注意：
  ✗ 没有限制对象键：访问者可以覆盖存储桶中的任何对象。请指定键，或为每个用户指定单独的前缀。
`)
  })

  it.each<readonly [what: string, conditions: readonly unknown[], expected: readonly string[]]>([
    ['nothing', pinned, []],
    ['no bucket', without('bucket'), ['any-bucket']],
    ['a beginning that each bucket has', withInstead('bucket', ['starts-with', '$bucket', '']), ['any-bucket']],
    ['no key', without('key'), ['any-key']],
    ['an empty key prefix', withInstead('key', ['starts-with', '$key', '']), ['any-key']],
    ['a key prefix', withInstead('key', ['starts-with', '$key', 'uploads/ada/']), []],
    ['no size range', pinned.filter((condition) => !Array.isArray(condition)), ['no-size-range']],
    ['more than COS stores', [...pinned.filter((condition) => !Array.isArray(condition)), ['content-length-range', 0, 6e9]], ['size-over-limit']],
    ['no acl', without('acl'), ['unpinned']],
    ['no storage class', without('x-cos-storage-class'), ['unpinned']],
    ['any acl', withInstead('acl', ['starts-with', '$acl', '']), ['open-prefix']],
    ['a public acl', withInstead('acl', { acl: 'public-read' }), ['public-object']],
    ['an acl that only buckets have', withInstead('acl', { acl: 'public-read-write' }), ['public-object']],
    ['an acl that may be private or public', withInstead('acl', ['starts-with', '$acl', 'p']), ['public-object']],
    ['an acl that is its owner’s alone', withInstead('acl', ['starts-with', '$acl', 'bucket-owner-']), []],
    ['any redirect', withInstead('success_action_redirect', ['starts-with', '$success_action_redirect', '']), ['open-prefix']],
    [
      'a redirect prefix that ends in its host',
      withInstead('success_action_redirect', ['starts-with', '$success_action_redirect', 'https://good.example']),
      ['open-prefix'],
    ],
    [
      'a redirect prefix that holds its host',
      withInstead('success_action_redirect', ['starts-with', '$success_action_redirect', 'https://good.example/']),
      [],
    ],
    ['a redirect to one address, however it ends', withInstead('success_action_redirect', { success_action_redirect: 'https://good.example' }), []],
    ['web pages with whatever parameters', withInstead('Content-Type', ['starts-with', '$Content-Type', 'text/html;']), ['active-content']],
    ['any text type', withInstead('Content-Type', ['starts-with', '$Content-Type', 'text/']), ['active-content']],
    [
      'all images, drawings with programs in them included',
      withInstead('Content-Type', ['starts-with', '$Content-Type', 'image/']),
      ['active-content'],
    ],
    ['any type', withInstead('Content-Type', ['starts-with', '$Content-Type', '']), ['open-prefix']],
    ['one kind of picture', withInstead('Content-Type', ['starts-with', '$Content-Type', 'image/p']), []],
    ['web pages', withInstead('Content-Type', { 'Content-Type': 'text/html; charset=utf-8' }), ['active-content']],
    ['a feed, which browsers show as a page', withInstead('Content-Type', { 'Content-Type': 'application/atom+xml' }), ['active-content']],
    ['a type that browsers guess at', withInstead('Content-Type', { 'Content-Type': 'application/unknown' }), ['active-content']],
    ['a field that does not exist', [...pinned, { 'x-cos-storage-clas': 'STANDARD' }], ['unknown-field']],
    ['two values for one field', [...pinned, { ACL: 'private' }], ['contradiction']],
    ['a value that does not begin as it has to', [['starts-with', '$key', 'pictures/'], ...pinned], ['contradiction']],
    ['two values of which one begins as the other', [{ acl: 'def' }, ...pinned], ['contradiction']],
    ['sizes that no file has', [...pinned, ['content-length-range', 1001, 2000]], ['contradiction']],
    ['nothing that another condition rules out', [...LOOSE, ...pinned], []],
    ['no q-ak', without('q-ak'), ['no-signature-conditions']],
    ['a life of a day', withInstead('q-sign-time', { 'q-sign-time': `${END - 86_400};${END}` }), ['long-life']],
    ['a key time that ends ten minutes before', withInstead('q-sign-time', { 'q-sign-time': `${END - 900};${END - 600}` }), ['ends-differ']],
    ['ends further apart than zones are', withInstead('q-sign-time', { 'q-sign-time': `${END - 72_900};${END - 72_000}` }), ['ends-differ']],
    ['ends no whole hours apart', withInstead('q-sign-time', { 'q-sign-time': `${END - 9300};${END - 8400}` }), ['ends-differ']],
    ['local time with a Z', withInstead('q-sign-time', { 'q-sign-time': `${END - 900 - 28_800};${END - 28_800}` }), ['local-time']],
  ])('warns of %s', (_what, conditions, expected) => {
    expect(codes(policy(conditions))).toEqual(expected)
  })

  it.each([
    ['acl', { ACL: 'private' }],
    ['content-length-range', ['content-length-range', 1001, 2000]],
  ])('names what contradicts itself: %s', (field, condition) => {
    const { warnings } = explainPolicy(readPolicyInput(policy([...pinned, condition])), NOW)
    expect(warnings).toEqual([{ severity: 'danger', code: 'contradiction', field }])
  })

  it('hides no secret that a form has to leave empty', () => {
    const blank = [...pinned, { 'x-cos-server-side-encryption-customer-key': '' }]
    expect(explainPolicy(readPolicyInput(policy(blank)), NOW).fields.at(-1)).toMatchObject({ kind: 'fixed', value: '' })
  })

  it('shows no bucket and no signer as named of which the policy gives only a beginning', () => {
    const loose = [...without('bucket'), ['starts-with', '$bucket', 'e'], ['starts-with', '$q-ak', '']].filter(
      (condition) => Array.isArray(condition) || !(condition instanceof Object && 'q-ak' in condition),
    )
    expect(explainPolicy(readPolicyInput(policy(loose)), NOW)).toMatchObject({ bucket: null, secretId: null })
  })

  it('says what is left when several conditions limit one field', () => {
    const both = [
      ...LOOSE,
      ['starts-with', '$q-ak', 'AKIDexample'],
      ...pinned,
      ['starts-with', '$x-cos-meta-a', 'b'],
      ['starts-with', '$x-cos-meta-a', 'bc'],
      ['starts-with', '$x-cos-meta-a', ''],
    ]
    const told = explainPolicy(readPolicyInput(policy(both)), NOW)
    expect(told).toMatchObject({
      bucket: address.bucket,
      secretId: 'AKIDexample',
      key: { kind: 'fixed', value: 'uploads/a.jpg' },
      size: { min: 10, max: 1000 },
    })
    expect(told.fields.filter(({ field }) => field === 'x-cos-meta-a')).toEqual([{ kind: 'prefix', field: 'x-cos-meta-a', value: 'bc' }])
  })

  it('warns of a time without a zone, which COS cannot read', () => {
    expect(codes(policy(pinned, '2026-11-21T20:15:00'))).toEqual(['time-without-zone'])
  })

  it.each([
    ['????', 'This is not Base64.'],
    [btoa('no json'), 'no JSON object'],
    [encodePolicy('{"expiration":"2026-01-01T00:00:00Z","conditions":[]}'), 'no conditions'],
    [encodePolicy('{"expiration":"soon","conditions":[{"acl":"default"}]}'), 'not a time'],
    [encodePolicy('{"expiration":"2026-01-01T00:00:00Z","conditions":[["gt","$a","1"]]}'), 'One of the conditions'],
  ])('says why %j is no policy', async (input, sentence) => {
    const run = await captured(['policy', 'explain', input], { now })
    expect([run.exit, run.stdout]).toEqual([1, ''])
    expect(run.stderr).toContain(sentence)
  })

  it('gives programs the codes and people the sentences', async () => {
    const run = await captured(['policy', 'explain', policy(without('key')), '--json', '--lang', 'zh-CN'], { now })
    expect(run.exit).toBe(1)
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: false,
      key: null,
      bucket: address.bucket,
      warnings: [{ code: 'any-key', severity: 'danger', message: expect.stringContaining('没有限制对象键') }],
    })
  })

  it('shows what others wrote without obeying it', async () => {
    const run = await captured(['policy', 'explain', policy([...without('key'), { key: '\u001b[2J\u001b]0;title\u0007\nForged: line\u202e' }])], {
      now,
      terminal: 100,
    })
    for (const control of ['\u001b[2J', '\u001b]', '\u0007', '\u202e']) expect(run.stdout).not.toContain(control)
    expect(run.stdout).not.toMatch(/^Forged/m)
  })

  it.each([100, undefined])('lets no policy write a verdict of its own, or hide ours: on a terminal of %s columns', async (terminal) => {
    const bucket = 'b\n✓ Nothing to object to.\n\u001b[8m\u001b[31m'
    const run = await captured(['policy', 'explain', policy([{ bucket }])], {
      now,
      ...(terminal !== undefined && { terminal }),
    })
    expect(run.stdout).not.toMatch(/^✓/m)
    expect(run.stdout).not.toContain('\u001b[8m')
    expect(run.stdout.includes('\u001b')).toBe(terminal !== undefined)
  })
})
