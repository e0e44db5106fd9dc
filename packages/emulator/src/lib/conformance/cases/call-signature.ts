import { CONTENT, NOW, SECRET_ID, type ConformanceCase, type ConformanceStep } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { base64, KEY_TIME, postedForm } from '../posted-form.ts'
import { anonymousCall, signedCall, type Call } from '../signed-call.ts'

const stored: ConformanceStep = { request: postedForm(), expect: { status: 204 } }
const seconds = NOW / 1000
const over = `${seconds - 100};${seconds - 1}`

function authorization(call: Call = {}): string {
  return signedCall(call).headers['Authorization'] ?? ''
}

function refused(name: string, value: string): ConformanceStep {
  return { request: anonymousCall({ params: [[name, value]] }), expect: { status: 400, code: 'InvalidArgument' } }
}

export const callSignatureCases: readonly ConformanceCase[] = [
  {
    name: 'a URL may hold its signature in one parameter, plain or in Base64',
    steps: [
      stored,
      ...[authorization(), base64(authorization())].map((sign) => ({
        request: anonymousCall({ params: [['sign', sign]] }),
        expect: { status: 200, body: CONTENT },
      })),
    ],
  },
  {
    name: 'half a signature in a URL is refused, and not taken for none',
    config: demoWith({ acl: 'public-read' }),
    steps: [stored, refused('sign', 'x'), refused('q-ak', SECRET_ID), refused('q-signature', 'x')],
  },
  {
    name: 'of the two times of a signature neither may be over',
    steps: [
      stored,
      ...[
        { keyTime: over, signTime: KEY_TIME },
        { keyTime: KEY_TIME, signTime: over },
      ].map(({ keyTime, signTime }) => ({
        request: anonymousCall({ headers: { Authorization: authorization({ keyTime }).replace(/q-sign-time=[^&]*/, `q-sign-time=${signTime}`) } }),
        expect: { status: 403, code: 'AccessDenied', message: 'Request has expired' },
      })),
    ],
  },
  {
    name: 'a public-read-write bucket is read by anybody as well',
    config: demoWith({ acl: 'public-read-write' }),
    steps: [stored, { request: anonymousCall(), expect: { status: 200, body: CONTENT } }],
  },
]
