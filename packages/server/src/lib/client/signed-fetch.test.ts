import { describe, expect, it } from 'vitest'
import { NOON } from '../testing/demo.ts'
import { scripted } from '../testing/scripted-client.ts'

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
})
