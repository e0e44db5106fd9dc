import { signRequest } from '@cosdrop/protocol/signature'
import type { EmulatorConfigInput } from '../../config/emulator-config.ts'
import { HOST, NOW, SECRET_ID, SECRET_KEY, type ConformanceCase } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { base64, behindFile, KEY_TIME, policyText, postedForm, replacing, without, type FormToPost } from '../posted-form.ts'

const key = 'exampleobject'
const seconds = NOW / 1000
const over = `${seconds - 100};${seconds - 1}`
const temporary = { secretId: 'AKIDtemporary', secretKey: 'temporary-key' }
const credentials = [
  { secretId: SECRET_ID, secretKey: SECRET_KEY },
  { ...temporary, token: 'the-token', expiresAt: '2026-11-21T13:00:00Z' },
  { secretId: 'AKIDended', secretKey: 'ended-key', token: 'ended-token', expiresAt: '2026-11-21T11:59:59Z' },
]
const withCredentials: EmulatorConfigInput = demoWith({}, { credentials })

function refused(name: string, form: FormToPost, status: number, code: string, message?: string, config?: EmulatorConfigInput): ConformanceCase {
  const expect = { status, code, ...(message !== undefined && { message }) }
  return { name, steps: [{ request: postedForm(form), expect }], keys: [], ...(config !== undefined && { config }) }
}

function signatureField(
  signed: {
    readonly path?: string
    readonly method?: string
    readonly headers?: readonly (readonly [string, string])[]
    readonly keyTime?: string
    readonly signTime?: string
  },
  form: FormToPost = {},
): FormToPost {
  const { path = '/', method = 'post', headers = [['host', HOST]], keyTime = KEY_TIME, signTime = keyTime } = signed
  const { authorization } = signRequest({ secretId: SECRET_ID, secretKey: SECRET_KEY, keyTime, method, path, params: [], headers })
  return {
    ...form,
    unsigned: true,
    fields: { key, ...form.fields, Signature: authorization.replace(/q-sign-time=[^&]*/, `q-sign-time=${signTime}`) },
  }
}

const wrong = 'The Signature you specified is invalid.'

export const postSignatureCases: readonly ConformanceCase[] = [
  refused('another signature is refused', { tamper: replacing('q-signature', '0'.repeat(40)) }, 403, 'SignatureDoesNotMatch', wrong),
  refused(
    'a signature in capital letters is another one',
    {
      tamper: (parts) =>
        parts.map((part) => (part.name === 'q-signature' && typeof part.value === 'string' ? { ...part, value: part.value.toUpperCase() } : part)),
    },
    403,
    'SignatureDoesNotMatch',
    wrong,
  ),
  refused(
    'a policy that was changed after it was signed is refused',
    { tamper: replacing('policy', base64(policyText({ conditions: [{ key }] }))) },
    403,
    'SignatureDoesNotMatch',
    wrong,
  ),
  refused(
    'one blank more in the policy is another policy',
    { tamper: replacing('policy', base64(`${policyText()} `)) },
    403,
    'SignatureDoesNotMatch',
    wrong,
  ),
  refused(
    'another key time than was signed is refused',
    { tamper: replacing('q-key-time', `${seconds - 60};${seconds + 999_999}`) },
    403,
    'SignatureDoesNotMatch',
    wrong,
  ),
  refused('a signature by another key is refused', { secretKey: 'other' }, 403, 'SignatureDoesNotMatch', wrong),
  refused('an unknown SecretId is refused', { secretId: 'AKIDunknown' }, 403, 'InvalidAccessKeyId'),
  ...['policy', 'q-sign-algorithm', 'q-ak', 'q-key-time', 'q-signature'].flatMap((name) => {
    const message = `Check auth failure because ${name === 'q-signature' ? 'signature' : name} empty.`
    return [
      refused(`a form without ${name} is refused, and told so`, { tamper: without(name) }, 403, 'AccessDenied', message),
      refused(`an empty ${name} is none`, { tamper: replacing(name, '') }, 403, 'AccessDenied', message),
      refused(`${name} after the file does not count`, { tamper: behindFile(name) }, 403, 'AccessDenied', message),
    ]
  }),
  refused(
    'another algorithm is refused',
    { tamper: replacing('q-sign-algorithm', 'sha256') },
    400,
    'InvalidArgument',
    'q-sign-algorithm value invalid:sha256',
  ),
  refused('a key time in another form is refused', { keyTime: 'soon' }, 400, 'InvalidArgument', 'q-key-time value invalid:soon'),
  refused('a key time that is over is refused', { keyTime: `${seconds - 100};${seconds - 1}` }, 403, 'AccessDenied', 'Request has expired'),
  refused(
    'a key time that begins in more than 15 minutes is refused',
    { keyTime: `${seconds + 901};${seconds + 2000}` },
    403,
    'RequestTimeTooSkewed',
  ),
  {
    name: 'a clock that is 15 minutes ahead is forgiven',
    steps: [{ request: postedForm({ keyTime: `${seconds + 900};${seconds + 2000}` }), expect: { status: 204 } }],
  },
  {
    name: 'the last second of a key time still counts',
    steps: [{ request: postedForm({ keyTime: `${seconds - 100};${seconds}` }), expect: { status: 204 } }],
  },
  refused('a form without a signature is refused by a private bucket', { unsigned: true }, 403, 'AccessDenied', 'Access Denied.'),
  refused(
    'a form without a signature is refused by a public-read bucket',
    { unsigned: true },
    403,
    'AccessDenied',
    'Access Denied.',
    demoWith({ acl: 'public-read' }),
  ),
  {
    name: 'a public-read-write bucket takes a form without a signature',
    config: demoWith({ acl: 'public-read-write' }),
    steps: [{ request: postedForm({ unsigned: true }), expect: { status: 204 } }],
    keys: [key],
  },
  refused(
    'a public-read-write bucket still refuses a wrong signature',
    { tamper: replacing('q-signature', 'x') },
    403,
    'SignatureDoesNotMatch',
    wrong,
    demoWith({ acl: 'public-read-write' }),
  ),
  refused(
    'a policy without its signature is a mistake, even in a public-read-write bucket',
    { unsigned: true, fields: { key, policy: base64(policyText()) } },
    403,
    'AccessDenied',
    'Check auth failure because q-sign-algorithm empty.',
    demoWith({ acl: 'public-read-write' }),
  ),
  {
    name: 'temporary keys are taken with their token, as a field and as a header',
    config: withCredentials,
    steps: [
      { request: postedForm({ ...temporary, fields: { key, 'x-cos-security-token': 'the-token' } }), expect: { status: 204 } },
      { request: postedForm({ ...temporary, headers: { 'x-cos-security-token': 'the-token' } }), expect: { status: 204 } },
    ],
  },
  refused('temporary keys without their token are refused', temporary, 403, 'AccessDenied', 'Access Denied.', withCredentials),
  refused(
    'temporary keys with another token are refused',
    { ...temporary, fields: { key, 'x-cos-security-token': 'another' } },
    403,
    'AccessDenied',
    'Access Denied.',
    withCredentials,
  ),
  refused(
    'a token after the file does not count',
    { ...temporary, after: [{ name: 'x-cos-security-token', value: 'the-token' }] },
    403,
    'AccessDenied',
    'Access Denied.',
    withCredentials,
  ),
  refused(
    'a permanent key takes no token',
    { fields: { key, 'x-cos-security-token': 'the-token' } },
    403,
    'AccessDenied',
    'Access Denied.',
    withCredentials,
  ),
  refused(
    'temporary keys that have ended are refused',
    { secretId: 'AKIDended', secretKey: 'ended-key', fields: { key, 'x-cos-security-token': 'ended-token' } },
    400,
    'ExpiredToken',
    undefined,
    withCredentials,
  ),
  {
    name: 'the field Signature, over method post and path /, is the second way',
    steps: [{ request: postedForm(signatureField({})), expect: { status: 204 } }],
    keys: [key],
  },
  {
    name: 'the field Signature may cover fields in the place of headers',
    steps: [
      {
        request: postedForm(
          signatureField(
            {
              headers: [
                ['key', key],
                ['acl', 'private'],
              ],
            },
            { fields: { acl: 'private' } },
          ),
        ),
        expect: { status: 204 },
      },
    ],
  },
  refused('the field Signature over another method is refused', signatureField({ method: 'put' }), 403, 'SignatureDoesNotMatch', wrong),
  refused('the field Signature over another path is refused', signatureField({ path: '/exampleobject' }), 403, 'SignatureDoesNotMatch', wrong),
  refused(
    'the field Signature over another host is refused',
    signatureField({ headers: [['host', 'other-1250000000.cos.ap-guangzhou.myqcloud.com']] }),
    403,
    'SignatureDoesNotMatch',
    wrong,
  ),
  ...[
    { keyTime: over, signTime: KEY_TIME },
    { keyTime: KEY_TIME, signTime: over },
  ].map((times) =>
    refused(`the field Signature with the times ${JSON.stringify(times)} is over`, signatureField(times), 403, 'AccessDenied', 'Request has expired'),
  ),
  refused(
    'a field Signature that is none is refused',
    { unsigned: true, fields: { key, Signature: 'x' } },
    400,
    'InvalidArgument',
    'Signature value invalid',
  ),
  refused(
    'a policy beside the field Signature is enforced',
    signatureField({}, { fields: { policy: base64(policyText({ conditions: [{ acl: 'private' }] })) } }),
    403,
    'AccessDenied',
    "Condition key acl doesn't match the value private",
  ),
]
