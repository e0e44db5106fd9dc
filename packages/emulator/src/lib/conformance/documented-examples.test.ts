import { encodePolicy } from '@cosdrop/protocol'
import { signPolicy } from '@cosdrop/protocol/signature'
import { describe, expect, it } from 'vitest'
import vectors from '../../../../protocol/src/lib/vectors.json' with { type: 'json' }
import type { EmulatorConfigInput, Versioning } from '../config/emulator-config.ts'
import { createEmulator } from '../emulator.ts'
import { startEmulator } from '../server/start-emulator.ts'
import { LeapingClock } from '../testing/manual-clock.ts'
import { multipartBody, type PartToWrite } from '../testing/multipart-body.ts'
import { sendRaw } from '../testing/raw-http.ts'
import { CONTENT_CRC64, type WireReply, type WireRequest } from './conformance-case.ts'
import { toRequest, toWireReply } from './fetch-target.ts'

// The nine examples of the official page. Their keys are masked there, so their policies are signed anew; everything else is theirs.
const SECRET_KEY = 'the key of the samples is not printed'
const BUCKET = 'examplebucket-1250000000'

type Example = (typeof vectors.documentedExamples)[number]

const versioningOf = new Map<number, Versioning>([
  [5, 'enabled'],
  [6, 'suspended'],
])

/** The policy's own q-ak is whole where the form's is masked; example 2 names another bucket than its Host, of equal length. */
function policyOf(example: Example): { readonly text: string; readonly secretId: string; readonly keyTime: string } {
  const text = atob(example.policyBase64).replace('examplebucket-1252246555', BUCKET)
  const [, secretId = ''] = /"q-ak":"(\w+)"/.exec(text) ?? []
  const [, keyTime = ''] = /"q-sign-time":"([\d;]+)"/.exec(text) ?? []
  return { text, secretId, keyTime }
}

function bodyOf(example: Example): Uint8Array<ArrayBuffer> {
  const { text, secretId, keyTime } = policyOf(example)
  const resigned = new Map([
    ['policy', encodePolicy(text)],
    ['q-ak', secretId],
    ['q-signature', signPolicy({ secretKey: SECRET_KEY, keyTime, policy: text }).signature],
  ])
  const parts = example.fields.map((field): PartToWrite => {
    const value = resigned.get(field.name) ?? field.value
    return 'filename' in field && field.filename !== undefined
      ? { name: field.name, value, filename: field.filename, contentType: field.contentType }
      : { name: field.name, value }
  })
  return multipartBody(example.boundary, parts)
}

function requestOf(example: Example): WireRequest {
  return {
    method: 'POST',
    target: '/',
    host: `${BUCKET}.cos.ap-beijing.myqcloud.com`,
    headers: { Date: example.responseHeaders.Date, 'Content-Type': `multipart/form-data; boundary=${example.boundary}`, Connection: 'close' },
    body: bodyOf(example),
  }
}

function configOf(example: Example): EmulatorConfigInput {
  return {
    credentials: [{ secretId: policyOf(example).secretId, secretKey: SECRET_KEY }],
    buckets: [{ name: BUCKET, region: 'ap-beijing', versioning: versioningOf.get(example.example) ?? 'off' }],
  }
}

function clockOf(example: Example): LeapingClock {
  return new LeapingClock(Date.parse(example.responseHeaders.Date))
}

function expectDocumentedReply(example: Example, reply: WireReply): void {
  const {
    'x-cos-request-id': _,
    'x-cos-version-id': versionId,
    ETag: etag,
    ...documented
  } = { 'x-cos-version-id': undefined, ...example.responseHeaders }
  expect(`HTTP/1.1 ${reply.status} ${reply.statusText}`.trimEnd()).toBe(example.responseStatusLine)
  for (const [name, value] of Object.entries(documented)) expect([name, reply.headers.get(name)]).toEqual([name, value])
  // With the caller's own key the ETag is no MD5, and so another in every reply.
  const isOpaque = 'x-cos-server-side-encryption-customer-algorithm' in documented
  if (isOpaque) expect(reply.headers.get('etag')).toMatch(/^"[\da-f]{32}"$/)
  expect(reply.headers.get('etag') === etag).toBe(!isOpaque)
  expect(reply.headers.has('x-cos-version-id')).toBe(versionId !== undefined)
  expect(reply.headers.get('x-cos-hash-crc64ecma')).toBe(CONTENT_CRC64)
  expect(reply.body).toHaveLength(0)
}

describe('the examples of the official page are answered as the page prints it', { timeout: 60_000 }, () => {
  it('there are nine', () => expect(vectors.documentedExamples).toHaveLength(9))

  it.each(vectors.documentedExamples)('example $example has the documented Content-Length', (example) => {
    expect(bodyOf(example)).toHaveLength(example.contentLength)
  })

  it.each(vectors.documentedExamples)('example $example, by fetch(Request)', async (example) => {
    const emulator = createEmulator({ config: configOf(example), clock: clockOf(example) })
    expectDocumentedReply(example, await toWireReply(await emulator.fetch(toRequest(requestOf(example)))))
  })

  it.each(vectors.documentedExamples)('example $example, byte for byte over a socket', async (example) => {
    const running = await startEmulator({ config: configOf(example), clock: clockOf(example) })
    try {
      expectDocumentedReply(example, await sendRaw(running.port, requestOf(example)))
    } finally {
      await running.close()
    }
  })

  it.each(vectors.documentedExamples)('example $example is refused when one digit of its signature differs', async (example) => {
    const request = requestOf(example)
    const body = new TextDecoder().decode(request.body ?? undefined)
    const changed = body.replace(
      /(name="q-signature"\r\n\r\n[\da-f]{39})([\da-f])/,
      (_, before: string, digit: string) => `${before}${digit === '0' ? '1' : '0'}`,
    )
    const emulator = createEmulator({ config: configOf(example), clock: clockOf(example) })
    const reply = await emulator.fetch(toRequest({ ...request, body: new TextEncoder().encode(changed) }))
    expect(reply.status).toBe(403)
    expect(await reply.text()).toContain('<Code>SignatureDoesNotMatch</Code>')
    expect(emulator.service.storage.keysOf(BUCKET)).toEqual([])
  })
})
