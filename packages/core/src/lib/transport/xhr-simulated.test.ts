// @vitest-environment jsdom
import { createServer } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { createPostForm } from '../form/post-form.ts'
import { createXhrTransport } from './xhr-transport.ts'

afterEach(() => vi.unstubAllGlobals())

test('an app tested in jsdom reads every header whole, the last one too', async () => {
  const server = createServer((request, response) => {
    request.resume()
    response.sendDate = false
    response.writeHead(204, {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Expose-Headers': 'ETag, x-cos-request-id',
      Connection: 'close',
      ETag: '"e"',
      'x-cos-request-id': 'scripted',
    })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const form = createPostForm({ action: `http://127.0.0.1:${port}/`, fields: [['key', 'a']], file: new Blob(['a']), filename: 'a' })
  const reply = await createXhrTransport()(form, { signal: new AbortController().signal, onProgress: () => {} })
  expect([reply.header('ETag'), reply.header('x-cos-request-id')]).toEqual(['"e"', 'scripted'])
  await new Promise((resolve) => server.close(resolve))
})

test('an app in a sandbox, where nobody may ask for service workers, can upload', async () => {
  const server = createServer((request, response) =>
    request.resume().on('end', () => response.writeHead(204, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }).end()),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const action = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
  Object.defineProperty(navigator, 'serviceWorker', {
    get() {
      throw new DOMException('The context is sandboxed.', 'SecurityError')
    },
  })
  const form = createPostForm({ action, fields: [['key', 'a']], file: new Blob(['a']), filename: 'a' })
  const sent = createXhrTransport()(form, { signal: new AbortController().signal, onProgress: () => {} })
  expect(await sent).toMatchObject({ status: 204 })
  await new Promise((resolve) => server.close(resolve))
})

test('an app tested behind MSW in a page, which has the headers of a reply without a body only after its loadend, reads them', async () => {
  class Simulated {
    readonly upload = {}
    readonly status = 204
    readonly responseText = ''
    readonly responseURL = 'http://a.example/'
    onloadend: (event: { readonly timeStamp: number }) => void = () => {}
    open(): void {}
    getAllResponseHeaders = (): string => ''
    send(): void {
      this.onloadend({ timeStamp: 0 })
      this.getAllResponseHeaders = () => 'connection: close\r\netag: "e"'
    }
  }
  vi.stubGlobal('XMLHttpRequest', Simulated)
  const form = createPostForm({ action: 'http://a.example/', fields: [['key', 'a']], file: new Blob(['a']), filename: 'a' })
  const reply = await createXhrTransport()(form, { signal: new AbortController().signal, onProgress: () => {} })
  expect([reply.status, reply.header('ETag')]).toEqual([204, '"e"'])
})

test('an app tested in happy-dom, which leaves names of headers as storage wrote them, reads the ETag', async () => {
  class Simulated {
    readonly upload = {}
    readonly status = 204
    readonly responseText = ''
    readonly responseURL = 'http://a.example/'
    onloadend: (event: { readonly timeStamp: number }) => void = () => {}
    open(): void {}
    getAllResponseHeaders = (): string => 'Content-Length: 0\r\nETag: "e"\r\nx-cos-request-id: scripted'
    send(): void {
      this.onloadend({ timeStamp: 0 })
    }
  }
  vi.stubGlobal('XMLHttpRequest', Simulated)
  const form = createPostForm({ action: 'http://a.example/', fields: [['key', 'a']], file: new Blob(['a']), filename: 'a' })
  const reply = await createXhrTransport()(form, { signal: new AbortController().signal, onProgress: () => {} })
  expect([reply.header('ETag'), reply.header('x-cos-request-id'), reply.header('Location')]).toEqual(['"e"', 'scripted', null])
})
