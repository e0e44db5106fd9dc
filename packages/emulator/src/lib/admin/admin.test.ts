import { beforeEach, describe, expect, it } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import { signedPost } from '../testing/signed-request.ts'

const BUCKET = 'examplebucket-1250000000'
let emulator: Emulator
beforeEach(() => {
  emulator = createEmulator({ config: { ...demoConfig, admin: true } })
})

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; json: unknown; headers: Headers }> {
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
  const reply = await emulator.fetch(new Request(`http://127.0.0.1:9000/_cosdrop/admin/${path}`, { method, body: text, headers }))
  const answer = await reply.text()
  return { status: reply.status, json: answer === '' ? null : (JSON.parse(answer) as unknown), headers: reply.headers }
}

async function post(key: string): Promise<number> {
  return (await emulator.fetch(signedPost({ key }))).status
}

describe('faults at run time', () => {
  it('are added, counted, listed and removed', async () => {
    const added = await call('POST', 'faults', { kind: 'slow-down', times: 1 })
    expect(added).toMatchObject({ status: 201, json: { id: '1' } })
    expect([await post('a'), await post('a')]).toEqual([503, 204])
    expect((await call('GET', 'faults')).json).toEqual({ faults: [{ id: '1', kind: 'slow-down', times: 1, hits: 1, remaining: 0 }] })
    expect((await call('DELETE', 'faults/1')).json).toEqual({ faults: [] })
    expect((await call('DELETE', 'faults/1')).status).toBe(404)
  })

  it('are replaced all at once, or not at all', async () => {
    await call('POST', 'faults', { kind: 'internal-error' })
    expect((await call('PUT', 'faults', [{ kind: 'slow-down' }, { kind: 'nonsense' }])).status).toBe(400)
    expect(await post('a')).toBe(500)
    expect((await call('PUT', 'faults', [{ kind: 'slow-down' }])).status).toBe(200)
    expect(await post('a')).toBe(503)
    await call('DELETE', 'faults')
    expect(await post('a')).toBe(204)
  })

  const wrong: [what: string, fault: unknown, said: string][] = [
    ['an unknown kind', { kind: 'earthquake' }, 'kind'],
    ['a misspelt setting', { kind: 'delay', milliseconds: 5, probabilty: 1 }, 'probabilty'],
    ['a missing setting', { kind: 'delay' }, 'milliseconds'],
    ['a probability above 1', { kind: 'internal-error', probability: 2 }, 'probability'],
    ['a pace of nothing', { kind: 'bandwidth', bytesPerSecond: 0 }, 'bytesPerSecond'],
    ['a method in lower case', { kind: 'internal-error', method: 'post' }, 'method'],
    ['no times', { kind: 'internal-error', times: 0 }, 'times'],
    ['headers without a name', { kind: 'hidden-headers', headers: [] }, 'headers'],
    ['a text that is no JSON', '{', 'JSON'],
    ['a list', [], 'an object'],
  ]
  it.each(wrong)('are refused with the place of the mistake: %s', async (_what, fault, said) => {
    const { status, json } = await call('POST', 'faults', fault)
    expect(status).toBe(400)
    expect(JSON.stringify(json)).toContain(said)
    expect(emulator.service.faults.all()).toEqual([])
  })
})

describe('counts', () => {
  it('tell how often a key was sent, and how many versions are stored', async () => {
    await call('POST', 'faults', { kind: 'reset', when: 'after-store', times: 1 })
    await expect(post('once.bin')).rejects.toThrow(TypeError)
    await post('once.bin')
    await call('POST', 'faults', { kind: 'slow-down', key: 'never.bin' })
    await post('never.bin')
    const { json } = await call('GET', 'counts')
    expect(json).toEqual({
      buckets: {
        [BUCKET]: {
          requests: { POST: 3 },
          keys: {
            'never.bin': { requests: { POST: 1 }, versions: 0, deleteMarkers: 0 },
            'once.bin': { requests: { POST: 2 }, versions: 1, deleteMarkers: 0 },
          },
        },
      },
    })
    expect((await call('DELETE', 'counts')).json).toMatchObject({ buckets: { [BUCKET]: { requests: {} } } })
  })

  it('come with the log of requests', async () => {
    await post('a')
    expect((await call('GET', 'requests')).json).toMatchObject({
      requests: [{ operation: 'post-object', key: 'a', outcome: { kind: 'accepted', status: 204 } }],
    })
    expect((await call('DELETE', 'requests')).json).toEqual({ requests: [] })
  })
})

describe('who may call', () => {
  it('nobody, unless it was asked for', async () => {
    emulator = createEmulator()
    const reply = await emulator.fetch(new Request('http://127.0.0.1:9000/_cosdrop/admin/faults'))
    expect([reply.status, await reply.text()]).toEqual([404, expect.stringContaining('--admin')])
  })

  it('pages of this machine, and no other page', async () => {
    const local = await call('GET', 'counts', undefined, { Origin: 'http://localhost:5173' })
    expect([local.status, local.headers.get('access-control-allow-origin')]).toEqual([200, 'http://localhost:5173'])
    const preflight = await call('OPTIONS', 'faults', undefined, { Origin: 'http://127.0.0.1:1', 'Access-Control-Request-Method': 'PUT' })
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, POST, PUT, DELETE'])
    for (const origin of ['https://example.com', 'null', 'http://localhost.example.com', 'http://127.0.0.1.example.com']) {
      const refused = await call('POST', 'faults', { kind: 'internal-error' }, { Origin: origin })
      expect([refused.status, refused.headers.get('access-control-allow-origin')], origin).toEqual([403, null])
    }
    expect(emulator.service.faults.all()).toEqual([])
  })
})
