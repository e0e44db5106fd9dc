import { CONTENT, CONTENT_ETAG, type ConformanceCase, type WireRequest } from '../conformance-case.ts'
import { postedForm } from '../posted-form.ts'
import { anonymousCall, signedCall } from '../signed-call.ts'

function withPluses(request: WireRequest): WireRequest {
  return { ...request, target: request.target.replaceAll('%20', '+') }
}

/** What COS's own SDKs send of themselves, beyond the plain calls. */
export const strangerCallCases: readonly ConformanceCase[] = [
  {
    name: 'a PUT may be chunked, as its page says: a stream need not know its length',
    steps: [
      {
        request: signedCall({ method: 'PUT', body: CONTENT, declaredLength: 'none' }),
        expect: { status: 200, headers: { ETag: CONTENT_ETAG } },
      },
      { request: signedCall(), expect: { status: 200, body: CONTENT } },
    ],
    keys: ['exampleobject'],
  },
  {
    name: 'a client of S3 is told that its signature is not known here, not that it is wrong',
    steps: [
      anonymousCall({ headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20261121/ap-guangzhou/s3/aws4_request' } }),
      anonymousCall({ params: [['X-Amz-Signature', 'abc']] }),
      anonymousCall({ params: Object.entries({ AWSAccessKeyId: 'AKID', Signature: 'abc', Expires: '1795262400' }) }),
      postedForm({ unsigned: true, fields: { key: 'a', policy: 'e30=', 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-signature': 'abc' } }),
      postedForm({ unsigned: true, fields: { key: 'a', AWSAccessKeyId: 'AKID', policy: 'e30=', signature: 'abc' } }),
    ].map((request) => ({
      request,
      expect: { status: 501, code: 'NotImplemented', message: 'The emulator does not know the signatures of S3, only those of COS.' },
    })),
  },
  {
    name: 'an upload with a signed limit that the emulator cannot hold it to is told so, not stored however large it is',
    steps: [
      ...['x-cos-fsize-max', 'x-cos-fsize-min', 'x-cos-mime-limit'].map((name) => signedCall({ method: 'PUT', body: 'y', headers: { [name]: '1' } })),
      ...['x-cos-psize-max', 'x-cos-psize-min'].map((name) =>
        signedCall({ method: 'PUT', params: [['partNumber', '1']], body: 'y', headers: { [name]: '1' } }),
      ),
      ...['x-cos-pnum-max', 'x-cos-pnum-min'].map((name) =>
        signedCall({ method: 'POST', params: [['uploadId', 'a']], body: '<x/>', headers: { [name]: '1' } }),
      ),
    ].map((request) => ({ request, expect: { status: 501, code: 'NotImplemented' } })),
    keys: [],
  },
  {
    name: 'a blank in the query may be a plus, as the Python and the Go SDK write it',
    steps: [
      { request: signedCall({ method: 'PUT', body: 'x' }), expect: { status: 200 } },
      {
        request: withPluses(signedCall({ params: [['response-content-disposition', 'attachment; filename=a+b']] })),
        expect: { status: 200, headers: { 'Content-Disposition': 'attachment; filename=a+b' } },
      },
    ],
  },
  {
    name: 'an empty version id names the newest version, as downloads in parts of the Go and the PHP SDK send it',
    steps: [
      { request: signedCall({ method: 'PUT', body: 'x' }), expect: { status: 200 } },
      { request: signedCall({ method: 'HEAD', params: [['versionId', '']] }), expect: { status: 200 } },
      { request: signedCall({ params: [['versionId', '']], headers: { Range: 'bytes=0-0' } }), expect: { status: 206, body: 'x' } },
      { request: signedCall({ key: 'missing', params: [['versionId', '']] }), expect: { status: 404, code: 'NoSuchKey' } },
    ],
  },
  {
    name: 'a call that the emulator has not is told so, not answered by another one',
    steps: [
      { request: signedCall({ method: 'PUT', body: 'x' }), expect: { status: 200 } },
      ...['imageInfo', 'imageMogr2/thumbnail/!50p|watermark/3', 'exif'].map((name) => ({
        request: signedCall({ params: [[name, '']] }),
        expect: { status: 501, code: 'NotImplemented' },
      })),
      ...['origin', 'intelligenttiering', 'domaincertificate'].map((name) => ({
        request: signedCall({ key: '', params: [[name, '']] }),
        expect: { status: 501, code: 'NotImplemented' },
      })),
      ...['PUT', 'DELETE'].map((method) => ({ request: signedCall({ method, key: '' }), expect: { status: 501, code: 'NotImplemented' } })),
      { request: signedCall({ method: 'PUT', params: [['symlink', '']], body: '<x/>' }), expect: { status: 501, code: 'NotImplemented' } },
      ...['Pic-Operations', 'x-cos-callback', 'x-cos-return-body', 'x-cos-tagging'].map((name) => ({
        request: signedCall({ method: 'PUT', body: 'y', headers: { [name]: '{"is_pic_info":1}' } }),
        expect: { status: 501, code: 'NotImplemented' },
      })),
      {
        request: signedCall({ method: 'POST', params: [['uploads', '']], headers: { 'x-cos-tagging': 'a=b' } }),
        expect: { status: 501, code: 'NotImplemented' },
      },
      { request: signedCall(), expect: { status: 200, body: 'x' } },
    ],
    keys: ['exampleobject'],
  },
]
