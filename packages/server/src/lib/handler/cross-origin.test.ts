import { describe, expect, it } from 'vitest'
import { codeOf, photo, signed } from '../testing/ask-handler.ts'
import { ask, demoOptions as base } from '../testing/demo.ts'
import { createPolicyHandler } from './policy-handler.ts'

describe('pages of other origins', () => {
  const cors = { origins: ['https://www.example.com'], allowCredentials: true, allowHeaders: ['X-Album'] }
  const handler = createPolicyHandler({ ...base, cors })

  it('get through when they are listed, and only they', async () => {
    const reply = await handler(ask({ files: [photo] }, { Origin: 'https://www.example.com' }))
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('https://www.example.com')
    expect(reply.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(reply.headers.get('Vary')).toBe('Origin')
    expect(await codeOf(handler, ask({ files: [photo] }, { Origin: 'https://evil.example' }))).toBe('origin-refused')
    expect(await codeOf(handler, ask({ files: [photo] }, { Origin: 'null' }))).toBe('origin-refused')
    expect(await codeOf(handler, ask({ files: [photo] }, { Origin: 'https://www.example.com.evil.example' }))).toBe('origin-refused')
    expect(await codeOf(handler, ask({ files: [photo] }, { Origin: 'https://app.example.com.evil.example' }))).toBe('origin-refused')
  })

  it('have their preflight answered', async () => {
    const preflight = (origin: string): Promise<Response> =>
      handler(
        new Request('https://app.example.com/policy', { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } }),
      )
    const reply = await preflight('https://www.example.com')
    expect(reply.status).toBe(204)
    expect(reply.headers.get('Access-Control-Allow-Methods')).toBe('POST, GET, OPTIONS')
    expect(reply.headers.get('Access-Control-Allow-Headers')).toBe('Content-Type, Authorization, X-Album')
    const refused = await preflight('https://evil.example')
    expect([refused.status, refused.headers.get('Access-Control-Allow-Origin')]).toEqual([403, null])
  })

  it('can read a refusal too', async () => {
    const reply = await handler(ask({ files: [] }, { Origin: 'https://www.example.com' }))
    expect([reply.status, reply.headers.get('Access-Control-Allow-Origin')]).toEqual([400, 'https://www.example.com'])
  })

  it('are refused when none are listed; pages of its own are not', async () => {
    const own = createPolicyHandler(base)
    expect(await codeOf(own, ask({ files: [photo] }, { Origin: 'https://www.example.com' }))).toBe('origin-refused')
    await signed(own, { files: [photo] }, { Origin: 'https://app.example.com' })
    await signed(own, { files: [photo] }, { Origin: 'https://public.example.com', 'Sec-Fetch-Site': 'same-origin' })
    await signed(own, { files: [photo] })
  })

  it('are known by what the browser says of them, also when they have the server’s name under another scheme', async () => {
    const own = createPolicyHandler(base)
    const http = { Origin: 'http://app.example.com', 'Sec-Fetch-Site': 'cross-site' }
    expect(await codeOf(own, ask({ files: [photo] }, http))).toBe('origin-refused')
  })

  it.each([
    'https://www.example.com/',
    'https://www.example.com/app',
    'HTTPS://www.example.com',
    'https://www.example.com:443',
    'capacitor://localhost/app',
    'Capacitor://localhost',
    'capacitor://LocalHost',
    'not null',
    'www.example.com',
    '*',
    'https://*.example.com',
  ])('are listed as browsers tell them, or the server does not start: not as %s', (origin) => {
    const listed = { ...base, cors: { origins: ['https://app.example.com', origin] } }
    expect(() => createPolicyHandler(listed)).toThrow(
      expect.objectContaining({ code: 'rules-invalid', message: expect.stringContaining(`"${origin}"`) }),
    )
  })

  it('may be those of an app’s own scheme, of files in Electron, or of a sandboxed frame', async () => {
    const origins = ['capacitor://localhost', 'file://', 'http://[::1]:5173', 'null']
    const handle = createPolicyHandler({ ...base, cors: { origins } })
    for (const origin of origins) {
      const reply = await handle(ask({ files: [photo] }, { Origin: origin }))
      expect([reply.status, reply.headers.get('Access-Control-Allow-Origin')]).toEqual([200, origin])
    }
  })

  it('are all welcome where that is said, but never with cookies', async () => {
    const open = createPolicyHandler({ ...base, cors: { origins: '*', allowCredentials: true } })
    const reply = await open(ask({ files: [photo] }, { Origin: 'https://anywhere.example' }))
    expect([reply.headers.get('Access-Control-Allow-Origin'), reply.headers.get('Access-Control-Allow-Credentials')]).toEqual(['*', null])
  })
})
