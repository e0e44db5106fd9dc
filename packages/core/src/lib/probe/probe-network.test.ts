import { expect, onTestFinished, test, vi } from 'vitest'
import { probeNetwork, type ProbeNetworkOptions } from './probe-network.ts'

const url = 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/'
const landing = 'https://my.website/landed'
type Answers = (url: string, mode: string | undefined, method: string | undefined) => boolean

async function probe(answers: Answers, options: Partial<ProbeNetworkOptions> = {}): Promise<{ found: unknown; asked: string[] }> {
  const asked: string[] = []
  const fetch = (to: string, { method, mode }: RequestInit): Promise<Response> => {
    asked.push(`${method} ${mode} ${to}`)
    return answers(to, mode, method) ? Promise.resolve(new Response()) : Promise.reject(new TypeError('Failed to fetch'))
  }
  const found = await probeNetwork({ url, signal: new AbortController().signal, online: true, page: 'https://app.example.com/', fetch, ...options })
  return { found, asked }
}

test('offline: nothing is asked', async () => {
  expect(await probe(() => true, { online: false })).toEqual({ found: 'offline', asked: [] })
})

test('mixed content: an https page may not send to http, but to its own machine it may', async () => {
  expect(await probe(() => true, { url: 'http://cos.example.com/' })).toEqual({ found: 'mixed-content', asked: [] })
  expect((await probe(() => true, { url: 'http://127.0.0.1:9000/b-1/' })).found).toBeNull()
  expect((await probe(() => true, { url: 'http://localhost:9000/b-1/' })).found).toBeNull()
  expect((await probe(() => true, { url: 'http://b-1.localhost:9000/' })).found).toBeNull()
  expect((await probe(() => true, { url: 'http://[::1]:9000/b-1/' })).found).toBeNull()
  expect((await probe(() => true, { url: 'http://127.example.com/' })).found).toBe('mixed-content')
  expect((await probe(() => true, { url: 'http://cos.example.com/', page: 'http://app.example.com/' })).found).toBeNull()
})

test('unreachable: no answer at all', async () => {
  expect((await probe(() => false)).found).toBe('unreachable')
})

test('an isolated page, which hears nothing from whoever does not name it, blames no server', async () => {
  vi.stubGlobal('crossOriginIsolated', true)
  onTestFinished(() => void vi.unstubAllGlobals())
  expect((await probe(() => false)).found).toBeNull()
})

test('asks without cookies, and never an answer of before', async () => {
  const fetch = vi.fn<(to: string, init: RequestInit) => Promise<unknown>>(async () => {})
  await probe(() => true, { landing, fetch })
  expect(fetch.mock.calls.map(([, { credentials, cache }]) => `${credentials} ${cache}`)).toEqual(Array(3).fill('omit no-store'))
})

test('cors: it answers, but not to this page', async () => {
  expect(await probe((_url, mode) => mode === 'no-cors')).toEqual({
    found: 'cors',
    asked: ['GET no-cors', 'POST cors', 'POST no-cors'].map((how) => `${how} ${url}`),
  })
})

test('what lets no POST come back, whoever asks, is not called the rules of the bucket: a service worker of the page', async () => {
  expect((await probe((_url, _mode, method) => method === 'GET')).found).toBeNull()
})

test('a failure that has passed is not blamed on CORS', async () => {
  expect((await probe(() => true)).found).toBeNull()
})

test('landing-cors: the bucket is fine, so it was the landing page', async () => {
  expect((await probe(() => true, { landing })).found).toBe('landing-cors')
  expect((await probe((to) => to === url, { landing })).found).toBe('unreachable')
  expect((await probe((_to, mode) => mode === 'no-cors', { landing })).found).toBe('cors')
  expect((await probe(() => true, { landing: 'http://my.website/' })).found).toBe('mixed-content')
})

test('ends with the signal', async () => {
  const controller = new AbortController()
  const fetch = (): Promise<never> => {
    controller.abort(new Error('enough'))
    return Promise.reject(new DOMException('', 'AbortError'))
  }
  await expect(probeNetwork({ url, signal: controller.signal, online: true, page: '', fetch })).rejects.toThrow('enough')
})
