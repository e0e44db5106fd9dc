import { readErrorXml } from '@cosdrop/protocol'
import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import { startEmulator, type RunningEmulator } from '../server/start-emulator.ts'
import { LeapingClock } from '../testing/manual-clock.ts'
import { bucketOrigin, signedForm, signedPost, signedRequest } from '../testing/signed-request.ts'
import type { Fault } from './fault.ts'

const BUCKET = 'examplebucket-1250000000'
const clock = new LeapingClock()

function emulatorWith(...faults: Fault[]): Emulator {
  return createEmulator({ config: { ...demoConfig, faults }, clock, onFault: () => undefined })
}

function post(emulator: Emulator, key: string, file?: Blob): Promise<Response> {
  return emulator.fetch(signedPost({ key, now: clock.now(), ...(file && { file }) }))
}

function stored(emulator: Emulator, key: string): number {
  return emulator.service.storage.versionsOf(BUCKET, key).length
}

describe('a fault strikes those requests alone that it names', () => {
  it('by method, so that a preflight and a HEAD are spared', async () => {
    const emulator = emulatorWith({ kind: 'internal-error', method: 'POST' })
    expect((await emulator.fetch(signedRequest({ key: 'a', method: 'PUT', body: 'x', now: clock.now() }))).status).toBe(200)
    expect((await post(emulator, 'b')).status).toBe(500)
    const preflight = { method: 'OPTIONS', headers: { Origin: 'http://page', 'Access-Control-Request-Method': 'POST' } }
    expect((await emulator.fetch(new Request(`${bucketOrigin}/`, preflight))).status).toBe(200)
  })

  it('never a preflight, unless it is named', async () => {
    const preflight = { method: 'OPTIONS', headers: { Origin: 'http://page', 'Access-Control-Request-Method': 'POST' } }
    expect((await emulatorWith({ kind: 'internal-error' }).fetch(new Request(`${bucketOrigin}/`, preflight))).status).toBe(200)
    expect((await emulatorWith({ kind: 'internal-error', method: 'OPTIONS' }).fetch(new Request(`${bucketOrigin}/`, preflight))).status).toBe(500)
  })

  it('by key, which a form says late', async () => {
    const emulator = emulatorWith({ kind: 'slow-down', key: 'uploads/*.png' })
    expect((await post(emulator, 'uploads/a.png')).status).toBe(503)
    expect((await post(emulator, 'uploads/a.txt')).status).toBe(204)
    expect((await post(emulator, 'other/a.png')).status).toBe(204)
    expect(stored(emulator, 'uploads/a.png')).toBe(0)
  })

  it('by bucket', async () => {
    expect((await post(emulatorWith({ kind: 'slow-down', bucket: BUCKET }), 'a')).status).toBe(503)
    expect((await post(emulatorWith({ kind: 'slow-down', bucket: 'other-1250000000' }), 'a')).status).toBe(204)
  })

  it('never and always, where that is its probability', async () => {
    expect((await post(emulatorWith({ kind: 'slow-down', probability: 1 }), 'a')).status).toBe(503)
    expect((await post(emulatorWith({ kind: 'slow-down', probability: 0 }), 'a')).status).toBe(204)
  })

  it('so many times and no more', async () => {
    const emulator = emulatorWith({ kind: 'slow-down', times: 2 })
    const statuses = []
    for (let at = 0; at < 4; at++) statuses.push((await post(emulator, 'a')).status)
    expect(statuses).toEqual([503, 503, 204, 204])
  })

  it('as often as its probability says, and the same requests in every run', async () => {
    const run = async (seed: number): Promise<string> => {
      const emulator = emulatorWith({ kind: 'slow-down', probability: 0.5, seed })
      let pattern = ''
      for (let at = 0; at < 40; at++) pattern += (await post(emulator, 'a')).status === 503 ? 'x' : '.'
      return pattern
    }
    const first = await run(7)
    expect(await run(7)).toBe(first)
    expect(await run(8)).not.toBe(first)
    expect(first.replaceAll('.', '').length).toBeGreaterThan(10)
    expect(first.replaceAll('x', '').length).toBeGreaterThan(10)
  })
})

describe('a fault that could never strike as it was meant', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ kind: 'internal-error', method: 'PSOT' }, 'method'],
    [{ kind: 'internal-eror' }, 'kind'],
    [{ kind: 'slow-down', tims: 2 }, 'tims'],
    [{ kind: 'delay', milliseconds: NaN }, 'milliseconds'],
    [{ kind: 'delay', milliseconds: -1 }, 'milliseconds'],
    [{ kind: 'bandwidth', bytesPerSecond: 1.5 }, 'bytesPerSecond'],
    [{ kind: 'clock-skew', seconds: -Infinity }, 'seconds'],
    [{ kind: 'internal-error', probability: '0.5' }, 'probability'],
    // A timer of more than that rings at once.
    [{ kind: 'delay', milliseconds: 2 ** 31 }, 'milliseconds'],
    [{ kind: 'slow-down', probability: 30 }, 'probability'],
  ])('is refused where a test adds it, too: %j', (fault, place) => {
    const { faults } = emulatorWith().service
    // @ts-expect-error -- JavaScript finds out here
    expect(() => faults.add(fault)).toThrow(expect.objectContaining({ name: 'ConfigError', path: place }))
    expect(faults.all()).toEqual([])
  })
})

describe('what a fault does', () => {
  it('503 SlowDown comes with Retry-After when it is asked for, and as real error XML', async () => {
    const reply = await post(emulatorWith({ kind: 'slow-down', retryAfterSeconds: 3 }), 'a')
    expect(reply.headers.get('retry-after')).toBe('3')
    const xml = readErrorXml(await reply.text())
    expect(xml).toMatchObject({ code: 'SlowDown', requestId: reply.headers.get('x-cos-request-id'), traceId: reply.headers.get('x-cos-trace-id') })
    expect((await post(emulatorWith({ kind: 'slow-down' }), 'a')).headers.get('retry-after')).toBeNull()
  })

  it('a reset before the store leaves nothing, a reset after it leaves the object', async () => {
    const before = emulatorWith({ kind: 'reset', when: 'before-store' })
    await expect(post(before, 'a')).rejects.toThrow(TypeError)
    expect(stored(before, 'a')).toBe(0)
    const after = emulatorWith({ kind: 'reset', when: 'after-store' })
    await expect(post(after, 'a')).rejects.toThrow(TypeError)
    expect(stored(after, 'a')).toBe(1)
  })

  it.each<[string, string, string, string]>([
    ['POST', 'a', 'uploads', ''],
    ['POST', '', 'delete', '<Delete><Object><Key>kept</Key></Object></Delete>'],
    ['PUT', '', 'versioning', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'],
  ])('a reset before the store keeps %s /%s?%s from doing anything', async (method, key, call, body) => {
    const emulator = emulatorWith()
    await post(emulator, 'kept')
    emulator.service.faults.add({ kind: 'reset', when: 'before-store' })
    const request = signedRequest({ method, key, params: [[call, '']], ...(body !== '' && { body }), now: clock.now() })
    await expect(emulator.fetch(request)).rejects.toThrow('reset before-store')
    const { uploads, buckets } = emulator.service
    expect([uploads.of(BUCKET), stored(emulator, 'kept'), buckets.get(BUCKET)?.versioning]).toEqual([[], 1, 'off'])
  })

  it('a reset before the store comes when an upload is there, and at once for a call without a body', async () => {
    const emulator = emulatorWith({ kind: 'reset', when: 'before-store' })
    const body = 'x'.repeat(1000)
    await expect(post(emulator, 'a', new Blob([body]))).rejects.toThrow('reset before-store')
    await expect(emulator.fetch(signedRequest({ key: 'a', method: 'PUT', body, now: clock.now() }))).rejects.toThrow('reset before-store')
    for (const { receivedBytes } of emulator.service.log.entries()) expect(receivedBytes).toBeGreaterThanOrEqual(1000)
    await expect(emulator.fetch(signedRequest({ key: 'a', now: clock.now() }))).rejects.toThrow('reset before-store')
  })

  it('a dropped upload leaves nothing, and one that is shorter passes', async () => {
    const emulator = emulatorWith({ kind: 'drop', afterBytes: 100_000, method: 'POST' })
    await expect(post(emulator, 'long', new Blob(['x'.repeat(200_000)]))).rejects.toThrow('drop after 100000 bytes')
    expect(stored(emulator, 'long')).toBe(0)
    expect((await post(emulator, 'short')).status).toBe(204)
  })

  it('a drop may be for a key that the form tells late, and lets a body of just as many bytes pass', async () => {
    const late = emulatorWith({ kind: 'drop', afterBytes: 100_000, key: 'long' })
    const file = new Blob(['x'.repeat(200_000)])
    await expect(post(late, 'long', file)).rejects.toThrow('drop after')
    expect((await post(late, 'other', file)).status).toBe(204)
    const exact = emulatorWith({ kind: 'drop', afterBytes: 1000 })
    const put = (length: number): Promise<Response> =>
      exact.fetch(signedRequest({ key: 'a', method: 'PUT', body: 'x'.repeat(length), now: clock.now() }))
    expect((await put(1000)).status).toBe(200)
    await expect(put(1001)).rejects.toThrow('drop after 1000 bytes')
  })

  it('a delay and a bandwidth take the time that they say', async () => {
    const emulator = emulatorWith({ kind: 'delay', milliseconds: 700, times: 1 }, { kind: 'bandwidth', bytesPerSecond: 10_000 })
    const start = clock.now()
    expect((await post(emulator, 'a', new Blob(['x'.repeat(50_000)]))).status).toBe(204)
    const passed = clock.now() - start
    expect(passed).toBeGreaterThan(5_500)
    expect(passed).toBeLessThan(6_200)
  })

  it('of two bandwidths the slower one counts, also when it is for a key that the form tells late', async () => {
    const emulator = emulatorWith({ kind: 'bandwidth', bytesPerSecond: 100_000 }, { kind: 'bandwidth', bytesPerSecond: 10_000, key: 'slow' })
    const start = clock.now()
    const file = new Blob(['x'.repeat(200_000)])
    expect((await post(emulator, 'slow', file)).status).toBe(204)
    expect(clock.now() - start).toBeGreaterThan(10_000)
  })

  it('a bandwidth is that of replies, too', async () => {
    const emulator = emulatorWith({ kind: 'bandwidth', bytesPerSecond: 10_000, method: 'GET' })
    await post(emulator, 'a', new Blob(['x'.repeat(50_000)]))
    const start = clock.now()
    expect(await (await emulator.fetch(signedRequest({ key: 'a', now: start }))).text()).toHaveLength(50_000)
    expect(clock.now() - start).toBeGreaterThan(4_900)
  })

  it('a clock that is ahead finds the policy expired, and says so in Date', async () => {
    const reply = await post(emulatorWith({ kind: 'clock-skew', seconds: 7200 }), 'a')
    expect(reply.status).toBe(403)
    expect(await reply.text()).toContain('has been expired')
    expect(Date.parse(reply.headers.get('date') ?? '') - clock.now()).toBeGreaterThan(7_190_000)
  })

  it('hidden headers are sent and not exposed', async () => {
    const emulator = emulatorWith({ kind: 'hidden-headers', headers: ['etag', 'x-cos-version-id'] })
    const reply = await emulator.fetch(signedPost({ key: 'a', now: clock.now(), headers: { Origin: 'http://page' } }))
    expect(reply.headers.get('etag')).not.toBeNull()
    const exposed = (reply.headers.get('access-control-expose-headers') ?? '').toLowerCase().split(',')
    expect(exposed).not.toContain('etag')
    expect(exposed).toContain('x-cos-request-id')
  })

  it('errors without CORS headers, successes with them', async () => {
    const emulator = emulatorWith({ kind: 'no-cors-on-errors' })
    const headers = { Origin: 'http://page' }
    const good = await emulator.fetch(signedPost({ key: 'a', now: clock.now(), headers }))
    const bad = await emulator.fetch(signedPost({ key: 'a', now: clock.now() - 9e6, headers }))
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect([bad.status, bad.headers.get('access-control-allow-origin')]).toEqual([403, null])
    const wrong = await emulator.fetch(signedPost({ key: 'a', fields: { acl: 'nobody' }, now: clock.now(), headers }))
    expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([400, null])
  })

  it('a truncated reply promises more than it brings', async () => {
    const emulator = emulatorWith({ kind: 'truncated-reply', afterBytes: 4, method: 'GET' })
    await post(emulator, 'a')
    const reply = await emulator.fetch(signedRequest({ key: 'a', now: clock.now() }))
    expect([reply.status, reply.headers.get('content-length')]).toEqual([200, '16'])
    await expect(reply.text()).rejects.toThrow('truncated-reply after 4 bytes')
  })

  it('a truncated reply of as many bytes passes, and one without a body is cut before it begins', async () => {
    const emulator = emulatorWith({ kind: 'truncated-reply', afterBytes: 16, method: ['GET', 'HEAD'] })
    await post(emulator, 'a')
    expect(await (await emulator.fetch(signedRequest({ key: 'a', now: clock.now() }))).text()).toHaveLength(16)
    await expect(emulator.fetch(signedRequest({ key: 'a', method: 'HEAD', now: clock.now() }))).rejects.toThrow('without a body')
  })

  it('is written in the log of the request that it struck', async () => {
    const emulator = emulatorWith({ kind: 'reset', when: 'after-store', key: 'b' })
    await post(emulator, 'a')
    await post(emulator, 'b').catch(() => undefined)
    const [second, first] = emulator.service.log.entries()
    expect([first?.faults, second?.faults, second?.outcome.kind]).toEqual([[], ['reset'], 'cut'])
    expect(second?.outcome).toHaveProperty('what', 'reset after-store')
    expect(emulator.service.counts.ofKey(BUCKET, 'b')).toEqual({ POST: 1 })
  })
})

describe('on the Node server', () => {
  let running: RunningEmulator | null = null
  afterEach(async () => {
    await running?.close()
    running = null
  })

  interface RawOutcome {
    readonly code: string | undefined
    /** Of the system's own errors alone: a connection that was ended is ECONNRESET to Node as well. */
    readonly syscall?: string | undefined
    readonly status: number | undefined
    readonly body: string
  }

  async function rawPost(faults: readonly Fault[], key: string): Promise<RawOutcome> {
    running = await startEmulator({ config: { ...demoConfig, faults } })
    const { port } = running
    const body = new Response(signedForm({ key, file: new Blob(['x'.repeat(300_000)]) }))
    const bytes = new Uint8Array(await body.arrayBuffer())
    return await new Promise((resolve) => {
      let status: number | undefined
      let text = ''
      const headers = { 'Content-Type': body.headers.get('content-type') ?? '', 'Content-Length': bytes.length }
      const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: `/${BUCKET}/`, headers, agent: false }, (response) => {
        status = response.statusCode
        response.on('data', (chunk: Uint8Array) => (text += new TextDecoder().decode(chunk)))
        response.on('close', () => resolve({ code: response.complete ? 'complete' : 'incomplete', status, body: text }))
      })
      request.on('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code, syscall: error.syscall, status, body: text }))
      request.end(bytes)
    })
  }

  it('a reset is a TCP reset', async () => {
    expect(await rawPost([{ kind: 'reset', when: 'after-store' }], 'a')).toMatchObject({ code: 'ECONNRESET', syscall: 'read', status: undefined })
    expect(running?.emulator.service.storage.versionsOf(BUCKET, 'a')).toHaveLength(1)
  })

  it('a drop cuts the upload in the middle', async () => {
    const outcome = await rawPost([{ kind: 'drop', afterBytes: 70_000 }], 'a')
    expect(['ECONNRESET', 'EPIPE']).toContain(outcome.code)
    expect(running?.emulator.service.storage.versionsOf(BUCKET, 'a')).toHaveLength(0)
  })

  it('a truncated reply brings its first bytes and then ends', async () => {
    const outcome = await rawPost(
      [
        { kind: 'internal-error', method: 'POST' },
        { kind: 'truncated-reply', afterBytes: 20 },
      ],
      'a',
    )
    expect(outcome).toMatchObject({ status: 500, body: "<?xml version='1.0' " })
    expect(outcome.code).not.toBe('complete')
  })

  it('a 503 is readable although the body was not read', async () => {
    expect(await rawPost([{ kind: 'slow-down' }], 'a')).toMatchObject({ code: 'complete', status: 503 })
  })
})
