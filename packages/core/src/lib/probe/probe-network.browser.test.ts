import { expect, inject, onTestFinished, test } from 'vitest'
import { probeNetwork } from './probe-network.ts'

const signal = new AbortController().signal

test('tells a bucket without CORS from a server that is not there, in a real browser', async () => {
  expect(await probeNetwork({ url: `${inject('echoUrl')}/?cors=off`, signal })).toBe('cors')
  expect(await probeNetwork({ url: 'http://127.0.0.1:1/', signal })).toBe('unreachable')
  expect(await probeNetwork({ url: inject('echoUrl'), signal, online: false })).toBe('offline')
})

test('finds nothing wrong with a server that answers, and then suspects the landing page', async () => {
  // Not multipart: the server does not answer it with a parsed form, and the probe does not need it to.
  const url = `${inject('echoUrl')}/?early=1`
  expect(await probeNetwork({ url, signal })).toBeNull()
  expect(await probeNetwork({ url, landing: `${inject('landingUrl')}/plain`, signal })).toBe('landing-cors')
  expect(await probeNetwork({ url, landing: 'http://127.0.0.1:1/', signal })).toBe('unreachable')
})

test("a rule of the page's own is named, and not called an unreachable server", async () => {
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `connect-src 'self' ws: ${inject('echoUrl')}`
  document.head.append(policy)
  onTestFinished(() => policy.remove())
  expect(await probeNetwork({ url: inject('landingUrl'), signal })).toBe('csp')
  expect(await probeNetwork({ url: `${inject('echoUrl')}/?early=1`, landing: inject('landingUrl'), signal })).toBe('csp')
})

test('so it is where the engine runs in a worker', async () => {
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `connect-src 'self' ws: ${inject('echoUrl')}`
  document.head.append(policy)
  onTestFinished(() => policy.remove())
  // A worker made of a Blob has the rules of its page.
  const probe = new URL('./probe-network.ts', import.meta.url)
  const script = `
    import { probeNetwork } from '${probe}'
    probeNetwork({ url: '${inject('landingUrl')}', signal: new AbortController().signal }).then(postMessage)`
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  const worker = new Worker(address, { type: 'module' })
  onTestFinished(() => {
    worker.terminate()
    URL.revokeObjectURL(address)
  })
  const found = await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', reject)
  })
  expect(found).toBe('csp')
})
