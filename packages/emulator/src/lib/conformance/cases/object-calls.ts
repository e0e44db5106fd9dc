import { signRequest } from '@cosdrop/protocol/signature'
import {
  BUCKET,
  CONTENT,
  CONTENT_CRC64,
  CONTENT_ETAG,
  HOST,
  NOW,
  SECRET_ID,
  SECRET_KEY,
  type ConformanceCase,
  type WireRequest,
} from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { KEY_TIME, postedForm } from '../posted-form.ts'
import { anonymousCall, signedCall, type Call } from '../signed-call.ts'

const stored = { request: postedForm({ fields: { key: 'exampleobject', 'Content-Type': 'text/plain' } }), expect: { status: 204 } } as const
const lastModified = new Date(NOW).toUTCString()
const seconds = NOW / 1000

function get(headers: Readonly<Record<string, string>>): WireRequest {
  return signedCall({ headers })
}

function afterStoring(name: string, ...steps: ConformanceCase['steps']): ConformanceCase {
  return { name, steps: [stored, ...steps] }
}

function refusedSignature(name: string, call: Call, status: number, code: string, message?: string): ConformanceCase {
  return afterStoring(name, { request: signedCall(call), expect: { status, code, ...(message !== undefined && { message }) } })
}

function tampered(change: (request: WireRequest) => WireRequest): WireRequest {
  return change(signedCall())
}

/** Signs one header and one parameter besides the host. */
function signedWith(headers: Readonly<Record<string, string>>): WireRequest {
  const { authorization } = signRequest({
    secretId: SECRET_ID,
    secretKey: SECRET_KEY,
    keyTime: KEY_TIME,
    method: 'GET',
    path: '/exampleobject',
    params: [['response-content-type', 'text/html']],
    headers: [...Object.entries(headers), ['host', HOST]],
  })
  return {
    method: 'GET',
    target: '/exampleobject?response-content-type=text%2Fhtml',
    host: HOST,
    headers: { ...headers, Authorization: authorization },
    body: null,
  }
}

export const objectCallCases: readonly ConformanceCase[] = [
  afterStoring(
    'a stored object is read back with its headers',
    {
      request: signedCall(),
      expect: {
        status: 200,
        headers: {
          ETag: CONTENT_ETAG,
          'x-cos-hash-crc64ecma': CONTENT_CRC64,
          'Content-Type': 'text/plain',
          'Content-Length': '16',
          'Last-Modified': lastModified,
          'Accept-Ranges': 'bytes',
        },
        body: CONTENT,
      },
    },
    { request: signedCall({ method: 'HEAD' }), expect: { status: 200, headers: { ETag: CONTENT_ETAG, 'Content-Length': '16' }, body: '' } },
  ),
  afterStoring(
    'parts of an object are read by Range',
    {
      request: get({ Range: 'bytes=0-3' }),
      expect: { status: 206, headers: { 'Content-Range': 'bytes 0-3/16', 'Content-Length': '4' }, body: '[Obj' },
    },
    { request: get({ Range: 'bytes=8-' }), expect: { status: 206, headers: { 'Content-Range': 'bytes 8-15/16' }, body: 'Content]' } },
    { request: get({ Range: 'bytes=-4' }), expect: { status: 206, headers: { 'Content-Range': 'bytes 12-15/16' }, body: 'ent]' } },
    { request: get({ Range: 'bytes=10-99' }), expect: { status: 206, headers: { 'Content-Range': 'bytes 10-15/16' } } },
    { request: get({ Range: 'bytes=-99' }), expect: { status: 206, body: CONTENT } },
    { request: get({ Range: 'bytes=16-' }), expect: { status: 416, code: 'InvalidRange', headers: { 'Content-Range': 'bytes */16' } } },
    { request: get({ Range: 'bytes=-0' }), expect: { status: 416, code: 'InvalidRange' } },
    { request: get({ Range: 'bytes=3-1' }), expect: { status: 200, body: CONTENT } },
    { request: get({ Range: 'bytes=0-1,3-4' }), expect: { status: 200, body: CONTENT } },
    { request: get({ Range: 'lines=0-1' }), expect: { status: 200, body: CONTENT } },
    { request: get({ Range: 'bytes=0-3', 'If-Range': CONTENT_ETAG }), expect: { status: 206, body: '[Obj' } },
    { request: get({ Range: 'bytes=0-3', 'If-Range': lastModified }), expect: { status: 206, body: '[Obj' } },
    { request: get({ Range: 'bytes=0-3', 'If-Range': '"another"' }), expect: { status: 200, body: CONTENT } },
    {
      request: signedCall({ method: 'HEAD', headers: { Range: 'bytes=0-3' } }),
      expect: { status: 206, headers: { 'Content-Length': '4' }, body: '' },
    },
  ),
  afterStoring(
    'conditions of a read are kept',
    { request: get({ 'If-Match': CONTENT_ETAG }), expect: { status: 200 } },
    { request: get({ 'If-Match': '"another"' }), expect: { status: 412, code: 'PreconditionFailed' } },
    { request: get({ 'If-None-Match': CONTENT_ETAG }), expect: { status: 304, headers: { ETag: CONTENT_ETAG }, body: '' } },
    { request: get({ 'If-None-Match': '"another"' }), expect: { status: 200 } },
    { request: get({ 'If-Modified-Since': lastModified }), expect: { status: 304 } },
    { request: get({ 'If-Modified-Since': new Date(NOW - 1000).toUTCString() }), expect: { status: 200 } },
    { request: get({ 'If-Unmodified-Since': lastModified }), expect: { status: 200 } },
    { request: get({ 'If-Unmodified-Since': new Date(NOW - 1000).toUTCString() }), expect: { status: 412, code: 'PreconditionFailed' } },
    { request: get({ 'If-Modified-Since': 'no date' }), expect: { status: 200 } },
    { request: signedCall({ method: 'HEAD', headers: { 'If-Match': '"another"' } }), expect: { status: 412, code: 'PreconditionFailed' } },
  ),
  {
    name: 'what is not there is told apart, without a body on HEAD',
    steps: [
      { request: signedCall(), expect: { status: 404, code: 'NoSuchKey' } },
      { request: signedCall({ method: 'HEAD' }), expect: { status: 404, code: 'NoSuchKey', body: '' } },
      stored,
      { request: signedCall({ params: [['versionId', 'MTg0NDUxNzcwMDkzMDE3NDQ0MDU']] }), expect: { status: 404, code: 'NoSuchVersion' } },
      { request: signedCall({ host: 'missing-1250000000.cos.ap-guangzhou.myqcloud.com' }), expect: { status: 404, code: 'NoSuchBucket' } },
    ],
  },
  afterStoring(
    'a private object is refused to strangers, and they do not learn what is stored',
    { request: anonymousCall(), expect: { status: 403, code: 'AccessDenied', message: 'Access Denied.' } },
    { request: anonymousCall({ key: 'missing' }), expect: { status: 403, code: 'AccessDenied' } },
    { request: anonymousCall({ method: 'PUT', body: 'x' }), expect: { status: 403, code: 'AccessDenied' } },
  ),
  {
    name: 'a public bucket is read by anybody',
    config: demoWith({ acl: 'public-read' }),
    steps: [
      stored,
      { request: anonymousCall(), expect: { status: 200, body: CONTENT } },
      { request: anonymousCall({ key: 'missing' }), expect: { status: 404, code: 'NoSuchKey' } },
    ],
  },
  afterStoring(
    'a presigned URL opens the object',
    { request: signedCall({ sign: 'query' }), expect: { status: 200, body: CONTENT } },
    {
      request: signedCall({ sign: 'query', params: [['response-content-disposition', 'attachment']] }),
      expect: { status: 200, headers: { 'Content-Disposition': 'attachment' } },
    },
    { request: { ...signedCall({ sign: 'query' }), method: 'HEAD' }, expect: { status: 403, code: 'SignatureDoesNotMatch' } },
  ),
  {
    name: 'keys of any letters are signed decoded',
    steps: [
      { request: signedCall({ method: 'PUT', key: "a b/exampleobject(腾讯云)+!*'~.txt", body: 'x' }), expect: { status: 200 } },
      { request: signedCall({ key: "a b/exampleobject(腾讯云)+!*'~.txt" }), expect: { status: 200, body: 'x' } },
      { request: signedCall({ sign: 'query', key: "a b/exampleobject(腾讯云)+!*'~.txt" }), expect: { status: 200, body: 'x' } },
    ],
    keys: ["a b/exampleobject(腾讯云)+!*'~.txt"],
  },
  afterStoring(
    'the signature covers the headers and parameters that it lists, and those alone',
    { request: signedWith({ range: 'bytes=0-3' }), expect: { status: 206, headers: { 'Content-Type': 'text/html' }, body: '[Obj' } },
    {
      request: { ...signedWith({ range: 'bytes=0-3' }), headers: { ...signedWith({ range: 'bytes=0-3' }).headers, range: 'bytes=0-4' } },
      expect: { status: 403, code: 'SignatureDoesNotMatch' },
    },
    {
      request: { ...signedWith({}), target: '/exampleobject?response-content-type=text%2Fplain' },
      expect: { status: 403, code: 'SignatureDoesNotMatch' },
    },
    { request: tampered((request) => ({ ...request, headers: { ...request.headers, 'X-Other': '1' } })), expect: { status: 200 } },
    {
      request: tampered((request) => ({ ...request, target: '/another' })),
      expect: { status: 403, code: 'SignatureDoesNotMatch', message: 'The Signature you specified is invalid.' },
    },
    { request: tampered((request) => ({ ...request, method: 'HEAD' })), expect: { status: 403, code: 'SignatureDoesNotMatch' } },
    {
      request: tampered((request) => ({ ...request, host: '127.0.0.1:9000', target: `/${BUCKET}/exampleobject` })),
      expect: { status: 403, code: 'SignatureDoesNotMatch' },
    },
    { request: tampered((request) => ({ ...request, headers: { Authorization: 'Bearer x' } })), expect: { status: 400, code: 'InvalidArgument' } },
  ),
  refusedSignature(
    'a request signed by another key is refused',
    { secretKey: 'other' },
    403,
    'SignatureDoesNotMatch',
    'The Signature you specified is invalid.',
  ),
  refusedSignature('a request with an unknown SecretId is refused', { secretId: 'AKIDunknown' }, 403, 'InvalidAccessKeyId'),
  refusedSignature(
    'a signature whose time is over is refused',
    { keyTime: `${seconds - 10};${seconds - 1}` },
    403,
    'AccessDenied',
    'Request has expired',
  ),
  refusedSignature(
    'a presigned URL whose time is over is refused',
    { sign: 'query', keyTime: `${seconds - 10};${seconds - 1}` },
    403,
    'AccessDenied',
    'Request has expired',
  ),
  refusedSignature('a clock that is far ahead is refused', { keyTime: `${seconds + 901};${seconds + 2000}` }, 403, 'RequestTimeTooSkewed'),
  {
    name: 'PUT stores an object with its settings',
    steps: [
      {
        request: signedCall({
          method: 'PUT',
          body: CONTENT,
          headers: {
            'Content-Type': 'image/png',
            'x-cos-meta-a': 'b',
            'x-cos-acl': 'public-read',
            'x-cos-storage-class': 'ARCHIVE',
            'x-cos-server-side-encryption': 'cos/kms',
          },
        }),
        expect: { status: 200, headers: { 'x-cos-server-side-encryption': 'cos/kms', 'x-cos-hash-crc64ecma': CONTENT_CRC64 } },
      },
      {
        request: anonymousCall({ method: 'HEAD' }),
        expect: { status: 200, headers: { 'Content-Type': 'image/png', 'x-cos-meta-a': 'b', 'x-cos-storage-class': 'ARCHIVE' } },
      },
    ],
    keys: ['exampleobject'],
  },
  {
    name: 'PUT refuses what breaks a limit, and stores nothing',
    steps: [
      {
        request: signedCall({ method: 'PUT', body: 'x', headers: { 'Content-MD5': '7o3pGNBWQBRbGPcPTDqmAg==' } }),
        expect: { status: 400, code: 'BadDigest' },
      },
      {
        request: signedCall({ method: 'PUT', body: 'x', headers: { 'x-cos-acl': 'nobody' } }),
        expect: { status: 400, code: 'InvalidArgument', message: 'x-cos-acl value invalid:nobody' },
      },
      {
        request: signedCall({ method: 'PUT', body: 'x', headers: { 'x-cos-storage-class': 'COLD' } }),
        expect: { status: 400, code: 'NotSupportedStorageClass' },
      },
      { request: signedCall({ method: 'PUT', body: 'x', declaredLength: 10 }), expect: { status: 400, code: 'IncompleteBody' } },
      { request: signedCall({ method: 'PUT', key: 'k'.repeat(851), body: 'x' }), expect: { status: 400, code: 'KeyTooLong' } },
      {
        request: signedCall({ method: 'PUT', body: 'x', declaredLength: 5 * 1024 ** 3 + 1 }),
        expect: { status: 400, code: 'EntityTooLarge', message: 'Your proposed upload exceeds the maximum allowed object size' },
      },
    ],
    keys: [],
  },
  {
    name: 'a key with control characters does not break the error’s XML',
    steps: [{ request: signedCall({ key: 'a\u0001b\u0000c' }), expect: { status: 404, code: 'NoSuchKey' } }],
  },
  {
    name: 'a URL that is not UTF-8 is refused, not guessed',
    steps: [{ request: { method: 'GET', target: '/%ff', host: HOST, headers: {}, body: null }, expect: { status: 400, code: 'InvalidArgument' } }],
  },
]
