import { DEFAULT_KMS_KEY } from '../../objects/encryption-setting.ts'
import { CONTENT, CONTENT_CRC64, CONTENT_ETAG, type ConformanceCase } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { base64, postedForm, type FormToPost } from '../posted-form.ts'
import { anonymousCall, signedCall } from '../signed-call.ts'

const key = 'exampleobject'
const SSE = 'x-cos-server-side-encryption'
const KEY_ID = `${SSE}-cos-kms-key-id`
// The official page's own samples.
const customer = {
  [`${SSE}-customer-algorithm`]: 'AES256',
  [`${SSE}-customer-key`]: 'MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=',
  [`${SSE}-customer-key-MD5`]: 'U5L61r7jcwdNvT7frmUG8g==',
}
const customerReply = { [`${SSE}-customer-algorithm`]: 'AES256', [`${SSE}-customer-key-MD5`]: 'U5L61r7jcwdNvT7frmUG8g==', [SSE]: null }
const otherKey = { ...customer, [`${SSE}-customer-key`]: base64('x'.repeat(32)), [`${SSE}-customer-key-MD5`]: '3I/h1kl+vSP1l12NKhxegQ==' }
const notMd5 = /^"(?!ee8de918d05640145b18f70f4c3aa602")[\da-f]{32}"$/
const context = 'eyJhIjoiYXNkZmEiLCJiIjoiMTIzMzIxIn0='

function form(fields: Readonly<Record<string, string>>): ReturnType<typeof postedForm> {
  const posted: FormToPost = { fields: { key, ...fields } }
  return postedForm(posted)
}

function refused(name: string, fields: Readonly<Record<string, string>>, code = 'InvalidArgument', config = demoWith({})): ConformanceCase {
  return { name, config, steps: [{ request: form(fields), expect: { status: 400, code } }], keys: [] }
}

const kmsKeys = demoWith({}, { kmsKeys: [{ id: 'known' }, { id: 'off', state: 'disabled' }] })

export const encryptionCases: readonly ConformanceCase[] = [
  {
    name: 'SSE-COS is named in the replies, its ETag is the MD5, and nobody reads it unsigned',
    steps: [
      { request: form({ [SSE]: 'AES256', acl: 'public-read' }), expect: { status: 204, headers: { [SSE]: 'AES256', ETag: CONTENT_ETAG } } },
      { request: signedCall(), expect: { status: 200, headers: { [SSE]: 'AES256' }, body: CONTENT } },
      { request: anonymousCall(), expect: { status: 403, code: 'AccessDenied' } },
    ],
  },
  {
    name: 'SSE-KMS names its key, and its ETag is not the MD5',
    steps: [
      {
        request: form({ [SSE]: 'cos/kms', [KEY_ID]: 'my-key', [`${SSE}-context`]: context }),
        expect: { status: 204, headers: { [SSE]: 'cos/kms', [KEY_ID]: 'my-key', ETag: notMd5, 'x-cos-hash-crc64ecma': CONTENT_CRC64 } },
      },
      { request: form({ [SSE]: 'cos/kms' }), expect: { status: 204, headers: { [KEY_ID]: DEFAULT_KMS_KEY } } },
      { request: signedCall({ method: 'HEAD' }), expect: { status: 200, headers: { [SSE]: 'cos/kms', [KEY_ID]: DEFAULT_KMS_KEY, ETag: notMd5 } } },
    ],
  },
  {
    name: 'SSE-C checks its key, never returns it, and wants it for every read',
    steps: [
      {
        request: form(customer),
        expect: { status: 204, headers: { ...customerReply, ETag: notMd5, 'x-cos-hash-crc64ecma': CONTENT_CRC64, [`${SSE}-customer-key`]: null } },
      },
      { request: signedCall(), expect: { status: 400, code: 'InvalidArgument' } },
      { request: signedCall({ method: 'HEAD' }), expect: { status: 400, code: 'InvalidArgument' } },
      { request: signedCall({ headers: otherKey }), expect: { status: 403, code: 'AccessDenied' } },
      { request: signedCall({ headers: customer }), expect: { status: 200, headers: customerReply, body: CONTENT } },
    ],
  },
  {
    name: 'encryption may be asked for by headers of the POST',
    steps: [{ request: postedForm({ headers: { [SSE]: 'AES256' } }), expect: { status: 204, headers: { [SSE]: 'AES256' } } }],
  },
  {
    name: 'a bucket’s default is used, and what the form says wins',
    config: demoWith({ encryption: { algorithm: 'KMS', kmsMasterKeyId: 'bucket-key' } }),
    steps: [
      { request: form({}), expect: { status: 204, headers: { [SSE]: 'cos/kms', [KEY_ID]: 'bucket-key' } } },
      { request: form({ [SSE]: 'AES256' }), expect: { status: 204, headers: { [SSE]: 'AES256', [KEY_ID]: null } } },
      { request: form(customer), expect: { status: 204, headers: customerReply } },
    ],
  },
  {
    name: 'AES256 may be a bucket’s default',
    config: demoWith({ encryption: { algorithm: 'AES256' } }),
    steps: [{ request: form({}), expect: { status: 204, headers: { [SSE]: 'AES256' } } }],
  },
  refused('KMS is not the word of a form: cos/kms is', { [SSE]: 'KMS' }),
  refused('a KMS key without SSE-KMS is refused', { [KEY_ID]: 'my-key' }),
  refused('a context without SSE-KMS is refused', { [`${SSE}-context`]: context }),
  refused('a context that is no JSON object is refused', { [SSE]: 'cos/kms', [`${SSE}-context`]: base64('[1]') }),
  refused('two ways at once are refused', { ...customer, [SSE]: 'AES256' }),
  ...Object.keys(customer).map((name) =>
    refused(`SSE-C without ${name} is refused`, Object.fromEntries(Object.entries(customer).filter(([other]) => other !== name))),
  ),
  ...Object.entries(customer).map(([name, value]) => refused(`SSE-C with ${name} alone is refused`, { [name]: value })),
  refused('an SSE-C key of 16 bytes is refused', { ...customer, [`${SSE}-customer-key`]: base64('x'.repeat(16)) }),
  refused('an SSE-C key with the MD5 of another is refused', { ...customer, [`${SSE}-customer-key-MD5`]: '7o3pGNBWQBRbGPcPTDqmAg==' }),
  {
    name: 'a KMS key of the config is found',
    config: kmsKeys,
    steps: [
      { request: form({ [SSE]: 'cos/kms', [KEY_ID]: 'known' }), expect: { status: 204 } },
      { request: form({ [SSE]: 'cos/kms' }), expect: { status: 204, headers: { [KEY_ID]: DEFAULT_KMS_KEY } } },
    ],
  },
  refused('a KMS key that is not in the config does not exist', { [SSE]: 'cos/kms', [KEY_ID]: 'unknown' }, 'KmsKeyNotExist', kmsKeys),
  refused('a disabled KMS key is refused', { [SSE]: 'cos/kms', [KEY_ID]: 'off' }, 'KmsKeyDisabled', kmsKeys),
]
