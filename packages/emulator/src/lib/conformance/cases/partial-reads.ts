import { CONTENT, CONTENT_ETAG, type ConformanceCase, type ConformanceStep, type Expectation } from '../conformance-case.ts'
import { postedForm } from '../posted-form.ts'
import { signedCall } from '../signed-call.ts'

const stored: ConformanceStep = { request: postedForm(), expect: { status: 204 } }
const longAgo = 'Thu, 01 Jan 2015 00:00:00 GMT'

function get(headers: Readonly<Record<string, string>>, expect: Expectation): ConformanceStep {
  return { request: signedCall({ headers }), expect }
}

export const partialReadCases: readonly ConformanceCase[] = [
  {
    name: 'one byte is a range, and a unit that only ends in bytes is none',
    steps: [
      stored,
      get({ Range: 'bytes=3-3' }, { status: 206, headers: { 'Content-Range': 'bytes 3-3/16' }, body: CONTENT.slice(3, 4) }),
      get({ Range: 'kilobytes=0-3' }, { status: 200, body: CONTENT }),
      get({ Range: 'bytes=-' }, { status: 200, headers: { 'Content-Range': null }, body: CONTENT }),
    ],
  },
  {
    name: 'a condition may list several ETags, weak ones and any',
    steps: [
      stored,
      get({ 'If-None-Match': `"another" , W/${CONTENT_ETAG}` }, { status: 304 }),
      get({ 'If-None-Match': ' * ' }, { status: 304 }),
      get({ 'If-Match': `"another", ${CONTENT_ETAG}` }, { status: 200 }),
      get({ 'If-Match': `"another", "W/another"` }, { status: 412, code: 'PreconditionFailed' }),
    ],
  },
  {
    name: 'who writes over what he has read is not told that a weak ETag is the same bytes',
    steps: [stored, get({ 'If-Match': `W/${CONTENT_ETAG}` }, { status: 412, code: 'PreconditionFailed' })],
  },
  {
    name: 'a date counts only where no ETag is given',
    steps: [
      stored,
      get({ 'If-Unmodified-Since': longAgo }, { status: 412, code: 'PreconditionFailed' }),
      get({ 'If-Unmodified-Since': longAgo, 'If-Match': CONTENT_ETAG }, { status: 200 }),
    ],
  },
]
