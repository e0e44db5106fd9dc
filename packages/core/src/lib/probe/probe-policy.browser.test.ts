import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { probeNetwork } from './probe-network.ts'

const signal = new AbortController().signal
const gone = 'http://127.0.0.1:1/'

test.each([
  // A Report-Only policy cannot be given by <meta>; this is what Chromium tells for one.
  ['only reports', { effectiveDirective: 'connect-src', disposition: 'report' }],
  ['forbids to pictures', { effectiveDirective: 'img-src', disposition: 'enforce' }],
] as const)("what the page's policy %s is not what kept a request from going", async (_what, told) => {
  const listened = vi.spyOn(globalThis, 'addEventListener')
  onTestFinished(() => listened.mockRestore())
  const fetch = (url: string): Promise<Response> => {
    document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', { ...told, blockedURI: url, bubbles: true }))
    return globalThis.fetch(url, { mode: 'no-cors' })
  }
  expect(await probeNetwork({ url: gone, signal, fetch })).toBe('unreachable')
  // Nothing listens any more.
  const own = listened.mock.calls.filter(([type]) => type === 'securitypolicyviolation')
  expect(own.map(([, , options]) => typeof options === 'object' && options.signal?.aborted)).toEqual([true])
})

test.each(['https', 'data', 'blob'])('what the page forbids to others meanwhile says nothing of storage: %s', async (scheme) => {
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `connect-src 'self' ws: ${gone} ${inject('echoUrl')}`
  document.head.append(policy)
  onTestFinished(() => policy.remove())
  const others = { https: `${inject('landingUrl')}/statistics`, data: 'data:text/plain,x', blob: URL.createObjectURL(new Blob(['x'])) }
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    globalThis.fetch(Object.entries(others).find(([name]) => name === scheme)?.[1] ?? '').catch(() => {})
    return globalThis.fetch(url, init)
  }
  expect(await probeNetwork({ url: gone, signal, fetch })).toBe('unreachable')
})
