import { expect, it } from 'vitest'
import { createEmulator } from '../emulator.ts'
import { signedPost, signedRequest } from '../testing/signed-request.ts'

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
