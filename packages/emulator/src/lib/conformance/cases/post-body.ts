import type { ConformanceCase, WireRequest } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { BOUNDARY, FILE, postedForm } from '../posted-form.ts'

const message = 'The body of your POST request is not well-formed multipart/form-data.'

function malformed(name: string, request: WireRequest): ConformanceCase {
  return { name, steps: [{ request, expect: { status: 400, code: 'MalformedPOSTRequest', message } }], keys: [] }
}

function cut(request: WireRequest, end: number): WireRequest {
  return { ...request, body: request.body?.slice(0, end) ?? null }
}

const whole = postedForm()
const length = whole.body?.length ?? 0

export const postBodyCases: readonly ConformanceCase[] = [
  malformed('a body of another type is refused', { ...whole, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }),
  malformed('a form without a boundary is refused', { ...whole, headers: { 'Content-Type': 'multipart/form-data' } }),
  malformed(
    'a body with another boundary than its header says is refused',
    postedForm({ headers: { 'Content-Type': 'multipart/form-data; boundary=other' } }),
  ),
  malformed('a form without its closing boundary is refused', cut(whole, length - `--${BOUNDARY}--\r\n`.length)),
  malformed('an empty body is refused', { ...whole, body: new Uint8Array() }),
  malformed(
    'a value that is not UTF-8 is refused',
    postedForm({ after: [], tamper: (parts) => [{ name: 'x', value: Uint8Array.of(0xff) }, ...parts] }),
  ),
  malformed('a field of more than 64 KB is refused', postedForm({ fields: { key: 'a', note: 'x'.repeat(65_537) } })),
  malformed(
    'more than 256 KB of fields is refused',
    postedForm({ fields: Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`f${at}`, 'x'.repeat(60_000)])) }),
  ),
  malformed('more than 100 fields are refused', postedForm({ fields: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}`, 'x'])) })),
  malformed('more than 64 KB after the file is refused', postedForm({ after: [{ name: 'x', value: 'x'.repeat(65_537) }] })),
  {
    name: 'a form without a file is refused',
    steps: [{ request: postedForm({ file: null }), expect: { status: 400, code: 'IncorrectNumberOfFilesInPostRequest' } }],
    keys: [],
  },
  {
    name: 'a second file is refused, and the first is not stored',
    steps: [{ request: postedForm({ after: [FILE] }), expect: { status: 400, code: 'IncorrectNumberOfFilesInPostRequest' } }],
    keys: [],
  },
  {
    name: 'a file in another field is refused',
    steps: [{ request: postedForm({ file: { ...FILE, name: 'upload' } }), expect: { status: 400, code: 'IncorrectNumberOfFilesInPostRequest' } }],
    keys: [],
  },
  {
    name: 'a file in another field is refused although the right one has a file as well',
    steps: [
      {
        request: postedForm({ tamper: (parts) => [{ ...FILE, name: 'avatar' }, ...parts] }),
        expect: { status: 400, code: 'IncorrectNumberOfFilesInPostRequest' },
      },
    ],
    keys: [],
  },
  {
    name: 'a field that is sent twice is refused, in whatever case',
    steps: [{ request: postedForm({ fields: { key: 'a', KEY: 'b' } }), expect: { status: 400, code: 'InvalidArgument' } }],
    keys: [],
  },
  {
    name: 'the part "file" without a file name is the file',
    steps: [{ request: postedForm({ file: { name: 'file', value: 'text' } }), expect: { status: 204 } }],
    keys: ['exampleobject'],
  },
  {
    name: 'the part "File" is the file',
    steps: [{ request: postedForm({ file: { name: 'File', value: 'text' } }), expect: { status: 204 } }],
    keys: ['exampleobject'],
  },
  {
    name: 'a field of 64 KB is taken, and 64 KB after the file',
    steps: [
      {
        request: postedForm({ fields: { key: 'exampleobject', note: 'x'.repeat(65_536) }, after: [{ name: 'x', value: 'x'.repeat(65_536) }] }),
        expect: { status: 204 },
      },
    ],
  },
  {
    name: 'a boundary in quotes is read',
    steps: [
      { request: { ...whole, headers: { 'Content-Type': `multipart/form-data; charset=utf-8; boundary="${BOUNDARY}"` } }, expect: { status: 204 } },
    ],
  },
  {
    name: 'a form of unknown length is refused',
    steps: [{ request: postedForm({ declaredLength: 'none' }), expect: { status: 411, code: 'MissingContentLength' } }],
    keys: [],
  },
  ...[10, length - 40, length - 1].map((end) => ({
    name: `a body that is cut after ${end} of its ${length} bytes is incomplete`,
    steps: [{ request: cut(postedForm({ declaredLength: length }), end), expect: { status: 400, code: 'IncompleteBody' } }],
    keys: [],
  })),
  {
    name: 'a bucket that is not there, or in another region, is told apart from a refusal',
    steps: [
      { request: postedForm({ host: 'missing-1250000000.cos.ap-guangzhou.myqcloud.com' }), expect: { status: 404, code: 'NoSuchBucket' } },
      { request: postedForm({ host: 'examplebucket-1250000000.cos.ap-beijing.myqcloud.com' }), expect: { status: 404, code: 'NoSuchBucket' } },
      { request: postedForm({ host: '127.0.0.1', target: '/missing/' }), expect: { status: 404, code: 'NoSuchBucket' } },
    ],
  },
  {
    name: 'acceleration must be on',
    steps: [
      {
        request: postedForm({ host: 'examplebucket-1250000000.cos.accelerate.myqcloud.com' }),
        expect: { status: 400, code: 'BucketAccelerateNotEnabled' },
      },
    ],
  },
  {
    name: 'acceleration that is on is used',
    config: demoWith({ accelerate: true }),
    steps: [{ request: postedForm({ host: 'examplebucket-1250000000.cos.accelerate.myqcloud.com' }), expect: { status: 204 } }],
  },
  {
    name: 'a frozen bucket takes nothing',
    config: demoWith({ frozen: true }),
    steps: [{ request: postedForm(), expect: { status: 451, code: 'UnavailableForLegalReasons' } }],
  },
  {
    name: 'a form sent to an object’s path is refused',
    steps: [{ request: postedForm({ target: '/exampleobject' }), expect: { status: 405, code: 'MethodNotAllowed' } }],
    keys: [],
  },
]
