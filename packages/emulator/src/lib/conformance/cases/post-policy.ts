import { base64OfBytes } from '@cosdrop/protocol'
import { signPolicy } from '@cosdrop/protocol/signature'
import { BUCKET, NOW, SECRET_ID, SECRET_KEY, type ConformanceCase } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { base64, behindFile, FILE, KEY_TIME, policyText, postedForm, replacing, type FormToPost } from '../posted-form.ts'

const key = 'exampleobject'
const qConditions = [{ 'q-sign-algorithm': 'sha1' }, { 'q-ak': SECRET_ID }, { 'q-sign-time': KEY_TIME }]

function accepted(name: string, form: FormToPost): ConformanceCase {
  return { name, steps: [{ request: postedForm(form), expect: { status: 204 } }] }
}

function refused(name: string, form: FormToPost, status: number, code: string, message?: string): ConformanceCase {
  const expect = { status, code, ...(message !== undefined && { message }) }
  return { name, steps: [{ request: postedForm(form), expect }], keys: [] }
}

function unmet(name: string, condition: unknown, fields: Readonly<Record<string, string>>, field: string, value: string): ConformanceCase {
  return refused(
    name,
    { fields: { key, ...fields }, conditions: [condition] },
    403,
    'AccessDenied',
    `Condition key ${field} doesn't match the value ${value}`,
  )
}

function ofSize(bytes: number): typeof FILE {
  return { ...FILE, value: 'x'.repeat(bytes) }
}

function badPolicy(name: string, policy: string): ConformanceCase {
  return refused(name, { policy }, 400, 'InvalidPolicyDocument', 'You must provide condition if you specify a policy in post object request.')
}

const range = ['content-length-range', 10, 20]
const rangeMessage = "Condition key content-length-range doesn't match the value "

// A German ß, as a server writes it that knows no UTF-8.
const latin1 = Uint8Array.from(policyText({ conditions: [['starts-with', '$x-cos-meta-a', 'ß']] }), (letter) => letter.charCodeAt(0))

// A text whose Base64 needs padding.
const paddedPolicy = `${policyText()}${' '.repeat((4 - (new TextEncoder().encode(policyText()).length % 3)) % 3)}`

export const postPolicyCases: readonly ConformanceCase[] = [
  accepted('a field need not be named by the policy', { fields: { key, acl: 'private', 'Content-Type': 'text/plain', name: 'x' } }),
  accepted('an exact match as an object', { conditions: [{ key }] }),
  accepted('an exact match as an array', { conditions: [['eq', '$key', key]] }),
  accepted('a prefix', { conditions: [['starts-with', '$key', 'example']] }),
  accepted('an empty prefix lets any value through', { fields: { key, 'Content-Type': 'a/b' }, conditions: [['starts-with', '$Content-Type', '']] }),
  accepted('an empty value is a value', { fields: { key, 'Content-Type': '' }, conditions: [{ 'Content-Type': '' }] }),
  accepted('a name without its dollar', { conditions: [['starts-with', 'key', 'example']] }),
  accepted('a dollar in an object', { conditions: [{ $key: key }] }),
  accepted('names of conditions in any case', { fields: { key, ACL: 'private' }, conditions: [{ Acl: 'private' }] }),
  accepted('the required conditions in any case', {
    policy: policyText().replaceAll(/"q-[a-z-]+"/g, (name) => name.toUpperCase()),
  }),
  accepted('the key is expanded before it is matched', {
    fields: { key: 'a/${filename}' },
    file: { ...FILE, filename: 'b.jpg' },
    conditions: [['starts-with', '$key', 'a/b.']],
  }),
  unmet('a policy about the key before its expansion does not match', { key: 'a/${filename}' }, { key: 'a/${filename}' }, 'key', 'a/${filename}'),
  unmet('another key than the policy says is refused', { key: 'other' }, {}, 'key', 'other'),
  unmet('another beginning of the key is refused', ['starts-with', '$key', 'folder/'], {}, 'key', 'folder/'),
  unmet('an exact match is exact', ['eq', '$acl', 'private'], { acl: 'public-read' }, 'acl', 'private'),
  unmet('a value is compared with regard to case', { acl: 'private' }, { acl: 'Private' }, 'acl', 'private'),
  unmet('a field that the policy names must be sent', { acl: 'default' }, {}, 'acl', 'default'),
  unmet('a field that an empty prefix names must be sent', ['starts-with', '$Content-Type', ''], {}, 'Content-Type', ''),
  unmet('a policy for another bucket is refused', { bucket: 'other-1250000000' }, {}, 'bucket', 'other-1250000000'),
  unmet(
    'the bucket’s own condition looks at the address, not at a field',
    { bucket: 'other-1250000000' },
    { bucket: 'other-1250000000' },
    'bucket',
    'other-1250000000',
  ),
  unmet('the type of the file’s part does not satisfy a condition', ['starts-with', '$Content-Type', 'image/'], {}, 'Content-Type', 'image/'),
  unmet('another SecretId than the policy says is refused', { 'q-ak': 'AKIDother' }, {}, 'q-ak', 'AKIDother'),
  unmet('the condition q-sign-time is about the field q-key-time', { 'q-sign-time': '1;2' }, { 'q-sign-time': '1;2' }, 'q-sign-time', '1;2'),
  unmet(
    'a condition on a secret shows neither its value nor what was sent',
    { 'x-cos-server-side-encryption-customer-key': 'top secret' },
    {},
    'x-cos-server-side-encryption-customer-key',
    'hidden',
  ),
  refused(
    'a field after the file satisfies no condition',
    { fields: { key, acl: 'private' }, conditions: [{ acl: 'private' }], tamper: behindFile('acl') },
    403,
    'AccessDenied',
    "Condition key acl doesn't match the value private",
  ),
  ...[10, 15, 20].map((size) => accepted(`a file of ${size} bytes is within 10 and 20`, { conditions: [range], file: ofSize(size) })),
  refused('a file one byte below the range is too small', { conditions: [range], file: ofSize(9) }, 400, 'EntityTooSmall', rangeMessage),
  refused('a file one byte above the range is too large', { conditions: [range], file: ofSize(21) }, 400, 'EntityTooLarge', rangeMessage),
  refused('two ranges hold both', { conditions: [range, ['content-length-range', 0, 12]], file: ofSize(13) }, 400, 'EntityTooLarge', rangeMessage),
  refused(
    'an expired policy is refused with both times',
    { expiration: new Date(NOW - 1000).toISOString() },
    403,
    'AccessDenied',
    `You post object request has been expired, expiration time: ${NOW / 1000 - 1} but the time now : ${NOW / 1000}`,
  ),
  accepted('an expiration with an offset is read', { expiration: '2026-11-21T20:30:00+08:00' }),
  badPolicy('an expiration without a zone is refused', policyText({ expiration: '2026-11-21T12:30:00' })),
  badPolicy('an expiration that is no time is refused', policyText({ expiration: 'tomorrow' })),
  badPolicy('a policy that is no JSON is refused', 'no JSON'),
  badPolicy('a policy that is a JSON array is refused', '[]'),
  badPolicy('a policy without conditions is refused', JSON.stringify({ expiration: '2030-01-01T00:00:00Z' })),
  badPolicy('a policy with empty conditions is refused', JSON.stringify({ expiration: '2030-01-01T00:00:00Z', conditions: [] })),
  badPolicy('a condition with an unknown operator is refused', policyText({ conditions: [['ends-with', '$key', 'x']] })),
  badPolicy('a condition with two parts is refused', policyText({ conditions: [['eq', '$key']] })),
  badPolicy('a range the wrong way round is refused', policyText({ conditions: [['content-length-range', 20, 10]] })),
  badPolicy('a range of texts is refused', policyText({ conditions: [['content-length-range', '0', '10']] })),
  refused(
    'a policy that is not UTF-8 is refused',
    {
      tamper: (parts) =>
        replacing(
          'q-signature',
          signPolicy({ secretKey: SECRET_KEY, keyTime: KEY_TIME, policy: latin1 }).signature,
        )(replacing('policy', base64OfBytes(latin1))(parts)),
    },
    400,
    'InvalidPolicyDocument',
  ),
  badPolicy('a byte order mark is no JSON', `\ufeff${policyText()}`),
  ...qConditions.map((left) => {
    const [name = ''] = Object.keys(left)
    const conditions = [{ bucket: BUCKET }, ...qConditions.filter((condition) => condition !== left)]
    return badPolicy(`a policy without the condition ${name} is refused`, JSON.stringify({ expiration: '2030-01-01T00:00:00Z', conditions }))
  }),
  refused(
    'a policy in Base64 without its padding is refused',
    { policy: paddedPolicy, tamper: replacing('policy', base64(paddedPolicy).replace(/=+$/, '')) },
    400,
    'InvalidPolicyDocument',
  ),
  refused(
    'a policy in Base64 with a line break is refused',
    { tamper: replacing('policy', `${base64(policyText())}\r\n`) },
    400,
    'InvalidPolicyDocument',
  ),
  {
    name: 'a policy for a bucket cannot be used for another',
    config: { ...demoWith({}), buckets: [{ name: BUCKET }, { name: 'other-1250000000' }] },
    steps: [
      {
        request: postedForm({ host: 'other-1250000000.cos.ap-guangzhou.myqcloud.com' }),
        expect: { status: 403, code: 'AccessDenied', message: `Condition key bucket doesn't match the value ${BUCKET}` },
      },
    ],
  },
]
