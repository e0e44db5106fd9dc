import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { account, bucket, NOON } from '../testing/demo.ts'
import { scripted } from '../testing/scripted-client.ts'
import { createCosClient } from './cos-client.ts'

describe('when the service has a bad moment', () => {
  const ok = (): Response => new Response(null, { headers: { 'Content-Length': '5' } })
  const status = (code: number) => () => new Response(null, { status: code })
  const lost = (): never => {
    throw new TypeError('fetch failed')
  }

  it('tries again, with growing pauses', async () => {
    const { client, pauses } = scripted([status(503), lost, ok])
    expect(await client.headObject('a')).toMatchObject({ size: 5 })
    expect(pauses).toEqual([200, 400])
  })

  it('gives up after three attempts, and says how it ended', async () => {
    await expect(scripted([status(500), status(500), status(503)]).client.headObject('a')).rejects.toMatchObject({
      code: 'service',
      details: { status: 503 },
    })
    await expect(scripted([lost, lost, lost]).client.headObject('a')).rejects.toMatchObject({
      code: 'unreachable',
      cause: new TypeError('fetch failed'),
    })
  })

  it('has an end where the number of attempts is none, as of a variable that is not set', async () => {
    let asked = 0
    const client = createCosClient({
      ...bucket,
      credentials: account,
      attempts: Number(undefined),
      wait: async () => {},
      fetch: async () => new Response(null, { status: ++asked < 10 ? 503 : 403 }),
    })
    await expect(client.headObject('a')).rejects.toMatchObject({ details: { status: 503 } })
    expect(asked).toBe(1)
  })

  it('does not repeat what was refused', async () => {
    const { client, sent } = scripted([status(403)])
    await expect(client.headObject('a')).rejects.toMatchObject({ details: { status: 403 } })
    expect(sent).toHaveLength(1)
  })

  it('takes over the service’s time when this machine’s clock is wrong, and keeps it', async () => {
    const serverDate = new Date(NOON + 3600_000).toUTCString()
    const skewed = (): Response => new Response(null, { status: 403, headers: { Date: serverDate } })
    const { client, sent } = scripted([skewed, ok, ok])
    expect(await client.headObject('a')).toMatchObject({ size: 5 })
    await client.headObject('a')
    const starts = sent.map((request) => Number(/q-sign-time=(\d+);/.exec(request.headers.get('Authorization') ?? '')?.[1]))
    expect(starts).toEqual([NOON / 1000 - 60, NOON / 1000 + 3540, NOON / 1000 + 3540])
  })

  it('does not repeat a refusal that the clock does not explain', async () => {
    const near = (): Response => new Response(null, { status: 403, headers: { Date: new Date(NOON + 20_000).toUTCString() } })
    const { client, sent } = scripted([near])
    await expect(client.headObject('a')).rejects.toMatchObject({ code: 'service' })
    expect(sent).toHaveLength(1)
  })

  it('does not repeat a refusal that the clock, once corrected, does not explain', async () => {
    const skewed = (): Response => new Response(null, { status: 403, headers: { Date: new Date(NOON + 3600_000).toUTCString() } })
    const { client, sent } = scripted([skewed, ok, skewed])
    await client.headObject('a')
    await expect(client.headObject('b')).rejects.toMatchObject({ code: 'service' })
    expect(sent).toHaveLength(3)
  })

  it('does not repeat what was done, whatever time the service says it is', async () => {
    const { client, sent } = scripted([
      () => new Response(null, { headers: { 'Content-Length': '5', Date: new Date(NOON + 3600_000).toUTCString() } }),
    ])
    expect(await client.headObject('a')).toMatchObject({ size: 5 })
    expect(sent).toHaveLength(1)
  })

  it('corrects its clock once, when the service says another time with each refusal', async () => {
    const refusals = [1, 2, 3].map(
      (hour) => () => new Response(null, { status: 403, headers: { Date: new Date(NOON + hour * 3600_000).toUTCString() } }),
    )
    const { client, sent } = scripted(refusals)
    await expect(client.headObject('a')).rejects.toMatchObject({ code: 'service', details: { status: 403 } })
    expect(sent).toHaveLength(2)
  })

  it('tells at once of credentials that are missing, and does not call the service unreachable', async () => {
    let asked = 0
    const credentials = async (): Promise<never> => {
      asked += 1
      throw new Error('the vault is sealed')
    }
    const client = createCosClient({ ...bucket, credentials, wait: async () => {} })
    await expect(client.headObject('a')).rejects.toMatchObject({ code: 'credentials-unavailable', cause: new Error('the vault is sealed') })
    expect(asked).toBe(1)
  })

  it('leaves nothing behind on a signal that outlives its calls, as that of a whole process does', async () => {
    const { signal } = new AbortController()
    await scripted([status(503), ok]).client.headObject('a', { signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('sends nothing more once nobody waits for it, also when that comes in the pause before a try', async () => {
    const caller = new AbortController()
    let sent = 0
    const client = createCosClient({
      ...bucket,
      credentials: account,
      wait: async () => caller.abort(new Error('the page has gone')),
      fetch: async (_input, init) => {
        init?.signal?.throwIfAborted()
        sent += 1
        return new Response(null, { status: 503 })
      },
    })
    await expect(client.headObject('a', { signal: caller.signal })).rejects.toThrow('the page has gone')
    expect(sent).toBe(1)
  })

  it('does not repeat what the service cannot do', async () => {
    const { client, sent } = scripted([status(501)])
    await expect(client.headObject('a')).rejects.toMatchObject({ details: { status: 501 } })
    expect(sent).toHaveLength(1)
  })
})

describe('an operator who looks a refusal up, or asks Tencent about it, is told', () => {
  const headers = { 'x-cos-request-id': 'id of the header', 'x-cos-trace-id': 'trace of the header' }
  const refused =
    (xml: string | null, fields: Readonly<Record<string, string>> = headers): (() => Response) =>
    () =>
      new Response(xml, { status: 403, headers: fields })
  const said = 'with AccessDenied: Access Denied'

  it.each([
    [
      'what COS said, and its ids',
      refused(
        '<Error><Code>AccessDenied</Code><Message>Access Denied.</Message><Resource>host/a</Resource><RequestId>id</RequestId><TraceId>trace</TraceId></Error>',
      ),
      `${said}. Request id: id.`,
      { serviceCode: 'AccessDenied', serviceMessage: 'Access Denied.', requestId: 'id', traceId: 'trace', resource: 'host/a' },
    ],
    [
      'the ids of the headers, where the document has none',
      refused('<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>'),
      `${said}. Request id: id of the header.`,
      { requestId: 'id of the header', traceId: 'trace of the header' },
    ],
    [
      'them as well where there is no document, as of a HEAD',
      refused(null),
      'without saying why. Request id: id of the header.',
      { serviceCode: null, serviceMessage: null, requestId: 'id of the header', traceId: 'trace of the header', resource: null },
    ],
    ['that there is no id', refused(null, {}), 'without saying why. Request id: none.', { requestId: null, traceId: null }],
  ])('%s', async (_what, reply, words, details) => {
    await expect(scripted([reply]).client.deleteObject('a')).rejects.toMatchObject({
      message: `COS refused DELETE of "a" (status 403) ${words}`,
      details: { status: 403, ...details },
    })
  })
})

describe('when the service says nothing', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Its requests end when they are told to, and not before. */
  function silent(): { readonly client: ReturnType<typeof createCosClient>; readonly signals: readonly AbortSignal[] } {
    const signals: AbortSignal[] = []
    const client = createCosClient({
      ...bucket,
      credentials: account,
      wait: async () => {},
      fetch: (_input, init) => {
        const signal = init?.signal
        if (!signal) throw new Error('Nothing could end it.')
        signals.push(signal)
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      },
    })
    return { client, signals }
  }

  it('gives up before the page does, each try after nine seconds, and leaves no request and no timer behind', async () => {
    const { client, signals } = silent()
    const ended = client.headObject('a').catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(8_999)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
    await vi.advanceTimersByTimeAsync(1)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    await vi.advanceTimersByTimeAsync(18_000)
    expect(await ended).toMatchObject({
      code: 'unreachable',
      details: { host: 'examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com' },
      cause: { message: 'COS gave no answer within 9 seconds.' },
    })
    expect(signals).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('counts the body as well: headers alone are no answer', async () => {
    const { client, sent } = scripted([() => new Response(new ReadableStream()), () => new Response(null, { status: 403 })])
    const ended = client.getBucketEncryption().catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(9_000)
    expect(await ended).toMatchObject({ details: { status: 403 } })
    expect(sent).toHaveLength(2)
  })

  it('ends at once, and with the caller’s reason, when nobody waits for it any more', async () => {
    const { client, signals } = silent()
    const caller = new AbortController()
    const ended = client.headObject('a', { signal: caller.signal }).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(0)
    const reason = new Error('the page has gone')
    caller.abort(reason)
    expect(await ended).toBe(reason)
    expect(signals).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('lets storage take its ten seconds for a hash', async () => {
    let asked = 0
    const head = (): Response => new Response(null, { headers: { 'Content-Length': '5' } })
    const client = createCosClient({
      ...bucket,
      credentials: account,
      fetch: async () => {
        asked += 1
        if (asked === 1) return head()
        await new Promise((resolve) => setTimeout(resolve, 10_000))
        return new Response(`<Response><FileHashCodeResult><MD5>${'a'.repeat(32)}</MD5><FileSize>5</FileSize></FileHashCodeResult></Response>`)
      },
    })
    const ended = client.getFileHash('a', 'md5')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await ended).toMatchObject({ value: 'a'.repeat(32) })
    expect(asked).toBe(2)
  })
})
