import { CONTENT, CONTENT_ETAG, type ConformanceCase } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { base64, behindFile, FILE, postedForm } from '../posted-form.ts'
import { anonymousCall, signedCall } from '../signed-call.ts'

const key = 'exampleobject'
const head = signedCall({ method: 'HEAD' })

function refused(name: string, fields: Readonly<Record<string, string>>, status: number, code: string, message?: string): ConformanceCase {
  const expect = { status, code, ...(message !== undefined && { message }) }
  return { name, steps: [{ request: postedForm({ fields: { key, ...fields } }), expect }], keys: [] }
}

function keyed(name: string, template: string, filename: string | null, expected: string): ConformanceCase {
  const { filename: _, ...nameless } = FILE
  const file = filename === null ? nameless : { ...FILE, filename }
  return { name, steps: [{ request: postedForm({ fields: { key: template }, file }), expect: { status: 204 } }], keys: [expected] }
}

export const postFieldCases: readonly ConformanceCase[] = [
  keyed('${filename} in a key becomes the file’s name', 'folder/${filename}', 'photo.jpg', 'folder/photo.jpg'),
  keyed('every ${filename} is replaced', '${filename}/copy of ${filename}', 'a.txt', 'a.txt/copy of a.txt'),
  keyed('a file’s name may hold any letters, raw', '${filename}', '文件 é 😀.txt', '文件 é 😀.txt'),
  keyed('a file’s name is not decoded', '${filename}', 'a%22b%0D.txt', 'a%22b%0D.txt'),
  keyed('a file’s name that looks like a replacement pattern is taken as it is', '${filename}', "$&$1$'.txt", "$&$1$'.txt"),
  keyed('${filename} stays as it is when the file has no name', 'folder/${filename}', null, 'folder/${filename}'),
  keyed('dots in a key mean nothing', '../../etc/passwd', 'x', '../../etc/passwd'),
  {
    name: 'a key may have 850 bytes, and not one more',
    steps: [
      { request: postedForm({ fields: { key: '文'.repeat(283) + 'x' } }), expect: { status: 204 } },
      { request: postedForm({ fields: { key: '文'.repeat(283) + 'xy' } }), expect: { status: 400, code: 'KeyTooLong' } },
    ],
    keys: ['文'.repeat(283) + 'x'],
  },
  ...['', '/leading', '\\leading', 'control\u0018'].map((bad) => ({
    name: `the key ${JSON.stringify(bad)} is refused`,
    steps: [{ request: postedForm({ fields: { key: bad } }), expect: { status: 400, code: 'InvalidObjectName' } }],
    keys: [],
  })),
  {
    name: 'a form without a key is refused',
    steps: [{ request: postedForm({ fields: {} }), expect: { status: 400, code: 'InvalidArgument', message: 'key is required' } }],
    keys: [],
  },
  {
    name: 'a key after the file does not count',
    steps: [{ request: postedForm({ tamper: behindFile('key') }), expect: { status: 400, code: 'InvalidArgument', message: 'key is required' } }],
    keys: [],
  },
  {
    name: 'names of fields are compared without regard to case',
    steps: [
      {
        request: postedForm({ fields: { KEY: key, Acl: 'public-read', 'cache-control': 'no-store', 'x-Cos-meta-Bb': 'v' } }),
        expect: { status: 204 },
      },
      { request: anonymousCall({ method: 'HEAD' }), expect: { status: 200, headers: { 'Cache-Control': 'no-store', 'x-cos-meta-bb': 'v' } } },
    ],
  },
  {
    name: 'headers that are sent with the form come back with the object',
    steps: [
      {
        request: postedForm({
          fields: {
            key,
            'Cache-Control': 'max-age=86400',
            'Content-Disposition': 'attachment; filename=example.jpg',
            'Content-Encoding': 'identity',
            'Content-Type': 'image/png',
            Expires: 'Wed, 21 Oct 2026 07:28:00 GMT',
            'x-cos-meta-example-field': 'example-value',
            'x-cos-storage-class': 'STANDARD_IA',
          },
        }),
        expect: { status: 204 },
      },
      {
        request: head,
        expect: {
          status: 200,
          headers: {
            'Cache-Control': 'max-age=86400',
            'Content-Disposition': 'attachment; filename=example.jpg',
            'Content-Encoding': 'identity',
            'Content-Type': 'image/png',
            Expires: 'Wed, 21 Oct 2026 07:28:00 GMT',
            'x-cos-meta-example-field': 'example-value',
            'x-cos-storage-class': 'STANDARD_IA',
            'Content-Length': '16',
            ETag: CONTENT_ETAG,
          },
        },
      },
    ],
  },
  {
    name: 'the type of the file’s part does not count, and STANDARD is not named',
    steps: [
      { request: postedForm({ fields: { key, 'x-cos-storage-class': 'STANDARD' } }), expect: { status: 204 } },
      { request: head, expect: { status: 200, headers: { 'Content-Type': 'application/octet-stream', 'x-cos-storage-class': null } } },
    ],
  },
  {
    name: 'letters beyond ASCII come back as UTF-8',
    steps: [
      { request: postedForm({ fields: { key, 'x-cos-meta-name': 'é文' } }), expect: { status: 204 } },
      { request: head, expect: { status: 200, headers: { 'x-cos-meta-name': '\u00c3\u00a9\u00e6\u0096\u0087' } } },
    ],
  },
  {
    name: 'a field that COS does not know does no harm',
    steps: [{ request: postedForm({ fields: { key, name: 'avatar', 'x-cos-unknown': '1' } }), expect: { status: 204 } }],
    keys: [key],
  },
  {
    name: 'an empty field is none, as a form sends an input that nobody filled in',
    steps: [
      {
        request: postedForm({
          fields: { key, acl: '', 'x-cos-storage-class': '', 'x-cos-traffic-limit': '', 'Content-MD5': '', 'x-cos-server-side-encryption': '' },
        }),
        expect: { status: 204 },
      },
    ],
  },
  {
    name: 'a field after the file does not count',
    steps: [
      {
        request: postedForm({
          after: [
            { name: 'success_action_status', value: '201' },
            { name: 'acl', value: 'public-read' },
          ],
        }),
        expect: { status: 204 },
      },
      { request: anonymousCall(), expect: { status: 403, code: 'AccessDenied' } },
    ],
    keys: [key],
  },
  refused('a line break in a value cannot split a header', { 'Content-Disposition': 'attachment\r\nSet-Cookie: a=b' }, 400, 'InvalidArgument'),
  refused('a line break in metadata cannot split a header', { 'x-cos-meta-a': 'b\r\nSet-Cookie: a=b' }, 400, 'InvalidArgument'),
  refused('a name of metadata must be a header’s', { 'x-cos-meta-a b': 'c' }, 400, 'InvalidArgument'),
  refused('metadata with an underscore in its name is refused', { 'x-cos-meta-a_b': 'c' }, 400, 'InvalidArgument'),
  refused('more than 2 KB in one piece of metadata is refused', { 'x-cos-meta-a': 'v'.repeat(2048) }, 400, 'KeyTooLong'),
  refused(
    'more than 2 KB of metadata together is refused',
    { 'x-cos-meta-a': 'v'.repeat(1020), 'x-cos-meta-b': 'v'.repeat(1020) },
    400,
    'KeyTooLong',
  ),
  {
    name: '2 KB of metadata is taken',
    steps: [{ request: postedForm({ fields: { key, 'x-cos-meta-a': 'v'.repeat(2048 - 'x-cos-meta-a'.length) } }), expect: { status: 204 } }],
  },
  refused('an unknown storage class is refused', { 'x-cos-storage-class': 'GLACIER' }, 400, 'NotSupportedStorageClass'),
  refused('an unknown ACL is refused in COS’s words', { acl: 'public' }, 400, 'InvalidArgument', 'x-cos-acl value invalid:public'),
  refused('a bucket’s ACL is none for an object', { acl: 'public-read-write' }, 400, 'InvalidArgument', 'x-cos-acl value invalid:public-read-write'),
  refused('a grant in another form is refused', { 'x-cos-grant-read': 'uin="1"' }, 400, 'InvalidArgument'),
  {
    name: 'a grant names an account, or one of its sub-accounts, as the pages and the SDKs of COS write them',
    steps: ['id="100000000001/100000000011"', 'id="qcs::cam::uin/100000000001:uin/100000000011", id="100000000002"'].map((grant) => ({
      request: postedForm({ fields: { key, 'x-cos-grant-read': grant } }),
      expect: { status: 204 },
    })),
  },
  ...['819199', '838860801', '1e6', '-1', '1.5'].map((limit) =>
    refused(
      `a traffic limit of ${limit} bit/s is refused`,
      { 'x-cos-traffic-limit': limit },
      400,
      'InvalidArgument',
      `x-cos-traffic-limit value invalid:${limit}`,
    ),
  ),
  {
    name: 'a traffic limit within its range is taken, as a field, as a header and in the query',
    steps: [
      { request: postedForm({ fields: { key, 'x-cos-traffic-limit': '838860800' } }), expect: { status: 204 } },
      { request: postedForm({ headers: { 'x-cos-traffic-limit': '1' } }), expect: { status: 400, code: 'InvalidArgument' } },
      { request: postedForm({ target: '/?x-cos-traffic-limit=1' }), expect: { status: 400, code: 'InvalidArgument' } },
    ],
  },
  {
    name: 'an object with the ACL public-read can be read by anybody, others cannot',
    steps: [
      {
        request: postedForm({ fields: { key, acl: 'public-read', 'x-cos-grant-read': 'id="100000000001",id="100000000002"' } }),
        expect: { status: 204 },
      },
      { request: anonymousCall(), expect: { status: 200, body: CONTENT } },
      { request: postedForm({ fields: { key, acl: 'default' } }), expect: { status: 204 } },
      { request: anonymousCall(), expect: { status: 403, code: 'AccessDenied', message: 'Access Denied.' } },
    ],
  },
  {
    name: 'a private object in a public bucket stays private',
    config: demoWith({ acl: 'public-read' }),
    steps: [
      { request: postedForm({ fields: { key, acl: 'private' } }), expect: { status: 204 } },
      { request: anonymousCall(), expect: { status: 403, code: 'AccessDenied' } },
      { request: postedForm({ fields: { key: 'open' } }), expect: { status: 204 } },
      { request: anonymousCall({ key: 'open' }), expect: { status: 200, body: CONTENT } },
    ],
  },
  {
    name: 'the right Content-MD5 is taken',
    steps: [{ request: postedForm({ fields: { key, 'Content-MD5': '7o3pGNBWQBRbGPcPTDqmAg==' } }), expect: { status: 204 } }],
  },
  refused('another Content-MD5 is a BadDigest, and nothing is stored', { 'Content-MD5': 'JfnnlDI7RTiF9RgfG2JNCw==' }, 400, 'BadDigest'),
  refused('a Content-MD5 in hex is invalid', { 'Content-MD5': 'ee8de918d05640145b18f70f4c3aa602' }, 400, 'InvalidDigest'),
  refused('a Content-MD5 of the wrong length is invalid', { 'Content-MD5': base64('short') }, 400, 'InvalidDigest'),
  {
    name: 'x-cos-forbid-overwrite protects an existing key, as a field and as a header',
    steps: [
      { request: postedForm({ fields: { key, 'x-cos-forbid-overwrite': 'true' } }), expect: { status: 204 } },
      {
        request: postedForm({ fields: { key, 'x-cos-forbid-overwrite': 'true' }, file: { ...FILE, value: 'new' } }),
        expect: { status: 409, code: 'FileAlreadyExists' },
      },
      {
        request: postedForm({ headers: { 'x-cos-forbid-overwrite': 'true' }, file: { ...FILE, value: 'new' } }),
        expect: { status: 409, code: 'FileAlreadyExists' },
      },
      { request: postedForm({ fields: { key, 'x-cos-forbid-overwrite': 'false' }, file: { ...FILE, value: 'new' } }), expect: { status: 204 } },
      { request: signedCall(), expect: { status: 200, body: 'new' } },
    ],
  },
  {
    name: 'x-cos-forbid-overwrite has no effect in a bucket with versioning',
    config: demoWith({ versioning: 'enabled' }),
    steps: [
      { request: postedForm(), expect: { status: 204 } },
      { request: postedForm({ fields: { key, 'x-cos-forbid-overwrite': 'true' } }), expect: { status: 204 } },
    ],
  },
]
