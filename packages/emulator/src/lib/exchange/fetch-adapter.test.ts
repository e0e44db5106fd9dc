import { expect, it } from 'vitest'
import { createEmulator } from '../emulator.ts'
import { signedPost, signedRequest } from '../testing/signed-request.ts'
import { fetchRequest, fetchResponse } from './fetch-adapter.ts'

it('a page in Firefox, where a request has no stream of its body, uploads as in any other browser', async () => {
  const emulator = createEmulator({
    onFault: (error) => {
      throw error
    },
  })
  const request = Object.defineProperty(signedPost({ key: 'a' }), 'body', { value: undefined })
  expect((await emulator.fetch(request)).status).toBe(204)
  expect(await (await emulator.fetch(signedRequest({ key: 'a' }))).text()).toBe('[Object Content]')
})

it('who reads only the beginning of an object lets go of its file', async () => {
  let isOpen = true
  async function* file(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) yield new Uint8Array(10)
    } finally {
      isOpen = false
    }
  }
  const { body } = fetchResponse({ status: 200, headers: {}, body: file() })
  const reader = body!.getReader()
  expect((await reader.read()).value).toHaveLength(10)
  await reader.cancel()
  expect(isOpen).toBe(false)
})

it('a request that a server of the app’s own hands on is for the bucket that its client has named', () => {
  const host = 'examplebucket-1250000000.cos.ap-guangzhou.localhost:9000'
  expect(fetchRequest(new Request('http://127.0.0.1:9000/a', { headers: { host } })).host).toBe(host)
})
