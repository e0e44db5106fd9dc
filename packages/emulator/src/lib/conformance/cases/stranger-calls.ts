import { CONTENT, CONTENT_ETAG, type ConformanceCase } from '../conformance-case.ts'
import { signedCall } from '../signed-call.ts'

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
      ...['Pic-Operations', 'x-cos-callback', 'x-cos-return-body'].map((name) => ({
        request: signedCall({ method: 'PUT', body: 'y', headers: { [name]: '{"is_pic_info":1}' } }),
        expect: { status: 501, code: 'NotImplemented' },
      })),
      { request: signedCall(), expect: { status: 200, body: 'x' } },
    ],
    keys: ['exampleobject'],
  },
]
