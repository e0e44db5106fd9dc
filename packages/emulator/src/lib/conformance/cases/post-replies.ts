import { CONTENT, CONTENT_CRC64, CONTENT_ETAG, HOST, BUCKET, type ConformanceCase } from '../conformance-case.ts'
import { FILE, postedForm } from '../posted-form.ts'
import { anonymousCall, signedCall } from '../signed-call.ts'
import { demoWith } from '../demo-with.ts'

const location = `http://${HOST}/exampleobject`
const stored = { ETag: CONTENT_ETAG, 'x-cos-hash-crc64ecma': CONTENT_CRC64 }

function redirected(url: string, extra: Readonly<Record<string, string>> = {}): ReturnType<typeof postedForm> {
  return postedForm({ fields: { key: 'exampleobject', success_action_redirect: url, ...extra } })
}

const query = `bucket=${BUCKET}&key=exampleobject&etag=%22ee8de918d05640145b18f70f4c3aa602%22`

export const postReplyCases: readonly ConformanceCase[] = [
  {
    name: 'a stored form is answered with 204, ETag, CRC-64 and Location, and without a version id',
    steps: [
      {
        request: postedForm(),
        expect: { status: 204, headers: { ...stored, Location: location, 'x-cos-version-id': null, 'Content-Length': '0' }, body: '' },
      },
      { request: signedCall(), expect: { status: 200, headers: stored, body: CONTENT } },
    ],
    keys: ['exampleobject'],
  },
  {
    name: 'success_action_status 200 is answered with 200 and no body',
    steps: [
      {
        request: postedForm({ fields: { key: 'exampleobject', success_action_status: '200' } }),
        expect: { status: 200, headers: { ...stored, Location: location }, body: '' },
      },
    ],
  },
  {
    name: 'success_action_status 201 is answered with 201 and PostResponse, its ETag without quotes',
    steps: [
      {
        request: postedForm({ fields: { key: 'exampleobject', success_action_status: '201' } }),
        expect: {
          status: 201,
          headers: { ...stored, Location: location, 'Content-Type': 'application/xml' },
          body: `<?xml version='1.0' encoding='utf-8' ?>\n<PostResponse>\n\t<Location>${location}</Location>\n\t<Bucket>${BUCKET}</Bucket>\n\t<Key>exampleobject</Key>\n\t<ETag>ee8de918d05640145b18f70f4c3aa602</ETag>\n</PostResponse>`,
        },
      },
    ],
  },
  ...['204', '', '202', '302', 'yes'].map((status) => ({
    name: `success_action_status "${status}" is answered with 204`,
    steps: [{ request: postedForm({ fields: { key: 'exampleobject', success_action_status: status } }), expect: { status: 204 } }],
  })),
  {
    name: 'success_action_redirect is answered with 303, and bucket, key and etag at the end of its URL',
    steps: [
      {
        request: redirected('https://my.website/upload_success.html'),
        expect: { status: 303, headers: { ...stored, Location: `https://my.website/upload_success.html?${query}` } },
      },
    ],
    keys: ['exampleobject'],
  },
  {
    name: 'a redirect wins over a status',
    steps: [{ request: redirected('https://my.website/', { success_action_status: '201' }), expect: { status: 303, body: '' } }],
  },
  {
    name: 'a redirect keeps its own query and fragment',
    steps: [
      { request: redirected('https://my.website/?a=1#top'), expect: { status: 303, headers: { Location: `https://my.website/?a=1&${query}#top` } } },
    ],
  },
  {
    name: 'a redirect that is no web address is refused before anything is stored',
    steps: [
      { request: redirected('javascript:alert(1)'), expect: { status: 400, code: 'InvalidArgument' } },
      { request: redirected('https://my.website/\r\nX-Injected: 1'), expect: { status: 400, code: 'InvalidArgument' } },
      { request: redirected('/relative'), expect: { status: 400, code: 'InvalidArgument' } },
    ],
    keys: [],
  },
  {
    name: 'an empty redirect is none',
    steps: [{ request: redirected(''), expect: { status: 204 } }],
  },
  {
    name: 'keys are percent-encoded in Location and in a redirect',
    steps: [
      {
        request: postedForm({ fields: { key: 'a b/文&=?.txt' } }),
        expect: { status: 204, headers: { Location: `http://${HOST}/a%20b/%E6%96%87%26%3D%3F.txt` } },
      },
      {
        request: postedForm({ fields: { key: 'a b/文&.txt', success_action_redirect: 'https://my.website/' } }),
        expect: { status: 303, headers: { Location: /\?bucket=examplebucket-1250000000&key=a%20b%2F%E6%96%87%26\.txt&etag=%22/ } },
      },
    ],
  },
  {
    name: 'an overwrite is answered like any upload, and the new bytes are there',
    steps: [
      { request: postedForm(), expect: { status: 204 } },
      { request: postedForm({ file: { ...FILE, value: 'second' } }), expect: { status: 204, headers: { 'x-cos-version-id': null } } },
      { request: signedCall(), expect: { status: 200, body: 'second' } },
    ],
    keys: ['exampleobject'],
  },
  {
    name: 'an empty file is stored',
    steps: [
      {
        request: postedForm({ file: { ...FILE, value: '' } }),
        expect: { status: 204, headers: { ETag: '"d41d8cd98f00b204e9800998ecf8427e"', 'x-cos-hash-crc64ecma': '0' } },
      },
      { request: signedCall({ method: 'HEAD' }), expect: { status: 200, headers: { 'Content-Length': '0' } } },
    ],
  },
  {
    name: 'a bucket with versioning gives each upload an id, and keeps the older ones readable',
    config: demoWith({ versioning: 'enabled' }),
    steps: [
      { request: postedForm(), expect: { status: 204, headers: { 'x-cos-version-id': /^MTg0ND[\w]+$/ } } },
      { request: postedForm({ file: { ...FILE, value: 'second' } }), expect: { status: 204, headers: { 'x-cos-version-id': /^MTg0ND[\w]+$/ } } },
      { request: signedCall(), expect: { status: 200, body: 'second', headers: { 'x-cos-version-id': /^MTg0ND[\w]+$/ } } },
    ],
  },
  {
    name: 'a bucket with suspended versioning returns no id',
    config: demoWith({ versioning: 'suspended' }),
    steps: [
      { request: postedForm(), expect: { status: 204, headers: { 'x-cos-version-id': null } } },
      { request: signedCall({ params: [['versionId', 'null']] }), expect: { status: 200, body: CONTENT, headers: { 'x-cos-version-id': null } } },
    ],
  },
  {
    name: 'a bucket on a bare address is found by the path, and Location says so',
    steps: [
      {
        request: postedForm({ host: '127.0.0.1:9000', target: `/${BUCKET}/` }),
        expect: { status: 204, headers: { Location: `http://127.0.0.1:9000/${BUCKET}/exampleobject` } },
      },
      { request: postedForm({ host: 'localhost', target: `/${BUCKET}`, fields: { key: 'b' } }), expect: { status: 204 } },
      { request: postedForm({ host: 'cos.ap-guangzhou.myqcloud.com', target: `/${BUCKET}/`, fields: { key: 'c' } }), expect: { status: 204 } },
      { request: postedForm({ host: `${BUCKET}.cos.ap-guangzhou.localhost:9000`, fields: { key: 'd' } }), expect: { status: 204 } },
      { request: anonymousCall({ key: 'exampleobject' }), expect: { status: 403, code: 'AccessDenied', message: 'Access Denied.' } },
    ],
    keys: ['b', 'c', 'd', 'exampleobject'],
  },
]
