import { readErrorXml, writeErrorXml } from '@cosdrop/protocol'
import { BUCKET, type ConformanceCase, type ConformanceTarget, type Expectation, type WireReply, type WireRequest } from './conformance-case.ts'

const decoder = new TextDecoder()
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f]/

function checkHeaders(reply: WireReply, headers: NonNullable<Expectation['headers']>): readonly string[] {
  return Object.entries(headers).flatMap(([name, expected]) => {
    const actual = reply.headers.get(name)
    if (expected instanceof RegExp ? actual !== null && expected.test(actual) : actual === expected) return []
    return [`${name} is ${JSON.stringify(actual)}, expected ${String(expected)}`]
  })
}

/** What holds for every reply. `official/common-response-headers` */
function checkCommon(request: WireRequest, reply: WireReply): readonly string[] {
  const problems = checkHeaders(reply, {
    Server: 'tencent-cos',
    Date: /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/,
    Connection: /^(?:close|keep-alive)$/,
    'x-cos-request-id': /^[\w+/]+=*$/,
    'x-cos-trace-id': reply.status >= 400 ? /^[\w+/]+=*$/ : null,
  })
  const text = reply.status === 303 ? 'Redirect' : ''
  const length = reply.headers.get('content-length')
  return [
    ...problems,
    ...(reply.statusText === text ? [] : [`the reason phrase is "${reply.statusText}", expected "${text}"`]),
    ...(request.method === 'HEAD' || reply.status === 304 || length === String(reply.body.length)
      ? []
      : [`Content-Length is ${length}, the body has ${reply.body.length}`]),
  ]
}

function checkError(request: WireRequest, reply: WireReply, { code, message }: Expectation): readonly string[] {
  if (request.method === 'HEAD') return reply.body.length === 0 ? [] : ['a HEAD was answered with a body']
  const text = decoder.decode(reply.body)
  const error = readErrorXml(text)
  if (error === null) return [`the body is no error XML: ${text}`]
  return [
    ...(error.code === code ? [] : [`Code is ${error.code}, expected ${code}`]),
    ...(message === undefined || error.message === message ? [] : [`Message is "${error.message}", expected "${message}"`]),
    ...(error.requestId === reply.headers.get('x-cos-request-id') ? [] : ['RequestId is not the header’s']),
    ...(error.traceId === reply.headers.get('x-cos-trace-id') ? [] : ['TraceId is not the header’s']),
    ...(error.resource.startsWith(request.host) ? [] : [`Resource is ${error.resource}`]),
    ...(reply.headers.get('content-type') === 'application/xml' ? [] : ['Content-Type is not application/xml']),
    ...(NOT_XML.test(text) ? ['the XML holds a character that XML cannot hold'] : []),
    ...(text === writeErrorXml(error) ? [] : ['the XML is not in COS’s form to the byte']),
  ]
}

function checkBody(reply: WireReply, expected: string | Uint8Array): readonly string[] {
  const actual = decoder.decode(reply.body)
  const wanted = typeof expected === 'string' ? expected : decoder.decode(expected)
  return actual === wanted ? [] : [`the body is ${JSON.stringify(actual.slice(0, 200))}, expected ${JSON.stringify(wanted.slice(0, 200))}`]
}

function checkReply(request: WireRequest, reply: WireReply, expected: Expectation): readonly string[] {
  return [
    ...(reply.status === expected.status ? [] : [`status ${reply.status}, expected ${expected.status}: ${decoder.decode(reply.body)}`]),
    ...checkCommon(request, reply),
    ...checkHeaders(reply, expected.headers ?? {}),
    ...(expected.code === undefined ? [] : checkError(request, reply, expected)),
    ...(expected.body === undefined ? [] : checkBody(reply, expected.body)),
  ]
}

/** Every version of every key with its ETag: equal when nothing was stored, changed or removed. */
function fingerprint({ storage }: ConformanceTarget): string {
  const versions = storage.keysOf(BUCKET).flatMap((key) => storage.versionsOf(BUCKET, key))
  return versions.map((version) => [version.key, version.versionId, version.kind === 'object' ? version.etag : 'deleted'].join(' ')).join('\n')
}

/** Everything in which a target differs from the case; empty when it conforms. A refused request must leave what is stored alone. */
export async function problemsOf(target: ConformanceTarget, { steps, keys }: ConformanceCase): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [index, { request, expect }] of steps.entries()) {
    const before = fingerprint(target)
    const reply = await target.send(request)
    problems.push(...checkReply(request, reply, expect).map((problem) => `step ${index + 1}: ${problem}`))
    if (expect.code !== undefined && fingerprint(target) !== before) problems.push(`step ${index + 1}: a refused request changed what is stored`)
  }
  const stored = target.storage.keysOf(BUCKET)
  if (keys !== undefined && stored.join('\n') !== keys.join('\n'))
    problems.push(`stored are ${JSON.stringify(stored)}, expected ${JSON.stringify(keys)}`)
  return problems
}
