import { describe, expect, test } from 'vitest'
import type { ConfirmedObject, ConfirmReply } from './confirm-port.ts'
import { createHttpConfirmPort } from './http-confirm-port.ts'

const request = { receipt: 'r', key: 'k', size: 3, crc64: '7' }
const object: ConfirmedObject = {
  bucket: 'b-1',
  key: 'k',
  size: 3,
  etag: '"e"',
  crc64: '7',
  versionId: 'v7',
  encryption: { kind: 'SSE-COS', algorithm: 'AES256' },
  location: 'https://b-1.example.com/k',
}

async function ask(response: () => Response | Promise<Response>): Promise<unknown> {
  const asked: unknown[] = []
  const fetch = async (_: unknown, init: RequestInit = {}): Promise<Response> => {
    asked.push(init.body)
    return response()
  }
  const reply = await createHttpConfirmPort('/api/confirm', { fetch })(request, { signal: new AbortController().signal }).catch(
    (error: unknown) => error,
  )
  expect(asked).toEqual([JSON.stringify(request)])
  return reply
}

test.each<ConfirmReply>([{ outcome: 'stored', object }, { outcome: 'absent' }, { outcome: 'different' }])(
  'the server’s $outcome is handed on',
  async (reply) => {
    expect(await ask(() => Response.json(reply))).toEqual(reply)
  },
)

test.each([
  ['nothing', {}],
  ['a number, of which JSON has lost digits', { crc64: Number('11051210869376104954') }],
  ['another notation', { crc64: '995dc9bbdf1939fa' }],
])('a server that tells as CRC-64 %s tells none', async (_, told) => {
  const answer = { outcome: 'stored', object: { key: 'k', size: 3, ...told } }
  const untold = { bucket: null, etag: null, crc64: null, versionId: null, encryption: null, location: null }
  expect(await ask(() => Response.json(answer))).toEqual({ outcome: 'stored', object: { key: 'k', size: 3, ...untold } })
})

describe('a server that cannot be used', () => {
  test('for now may be asked again', async () => {
    expect(await ask(() => new Response('', { status: 503, headers: { 'retry-after': '2' } }))).toMatchObject({
      code: 'policy-unreachable',
      message: 'The confirm endpoint /api/confirm answered 503.',
      details: { status: 503, retryAfter: 2 },
    })
    expect(await ask(() => Promise.reject(new TypeError('failed')))).toMatchObject({
      code: 'policy-unreachable',
      message: 'The confirm endpoint /api/confirm gave no answer.',
      details: { status: null },
    })
    // Cut off before its body.
    expect(await ask(() => new Response(''))).toMatchObject({ code: 'policy-unreachable', details: { status: null } })
  })

  test('is told without the password in its address', async () => {
    const ask = createHttpConfirmPort('http://anna:SECRET@127.0.0.1:1/confirm?token=SECRET')
    const error: unknown = await ask(request, { signal: new AbortController().signal }).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'policy-unreachable', details: { url: 'http://127.0.0.1:1/confirm' } })
    expect(String(error)).not.toContain('SECRET')
  })

  const refusal = (error: unknown) => () => Response.json({ error }, { status: 403 })
  const noAnswer = 'its reply is not {"outcome", "object"}'
  test.each<[string, () => Response, string, string | null]>([
    ['a refusal', refusal({ code: 'bad-receipt', message: 'Not yours.' }), 'it refused with 403: Not yours', 'bad-receipt'],
    ['one without a sentence', refusal({ code: 'bad-receipt' }), 'it refused with 403: bad-receipt', 'bad-receipt'],
    ['one without a reason', refusal(null), 'it refused with 403: no reason given', null],
    ['a missing page', () => new Response('', { status: 404 }), 'it refused with 404: nothing at its address takes POST', null],
    ['a page that is only read', () => new Response('', { status: 405 }), 'it refused with 405: nothing at its address takes POST', null],
    ['one that looks like an answer', () => Response.json({ outcome: 'absent' }, { status: 403 }), 'it refused with 403: no reason given', null],
    ['HTML', () => new Response('<html>'), noAnswer, null],
    ['nothing', () => Response.json(null), noAnswer, null],
    ['an outcome that it does not know', () => Response.json({ outcome: 'maybe', object }), noAnswer, null],
    ['a stored object without its size', () => Response.json({ outcome: 'stored', object: { key: 'k' } }), noAnswer, null],
    ['a stored object without its key', () => Response.json({ outcome: 'stored', object: { size: 3 } }), noAnswer, null],
    ['a stored object that is none', () => Response.json({ outcome: 'stored', object: null }), noAnswer, null],
  ])('for good is told so: %s', async (_, response, problem, serverCode) => {
    const message = `The confirm endpoint /api/confirm could not be used: ${problem}.`
    expect(await ask(response)).toMatchObject({ code: 'confirm-failed', message, details: { serverCode } })
  })
})
