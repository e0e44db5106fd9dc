import { createEmulator } from '@cosdrop/emulator'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { cosHandlers } from './cos-handlers.ts'
import { policyHandlers } from './policy-handlers.ts'

const server = setupServer()
beforeAll(() => server.listen())
afterAll(() => server.close())

async function ask(): Promise<number> {
  return (await fetch('http://app.test/api/policy', { method: 'POST', body: JSON.stringify({ files: [{ name: 'a.png', type: '', size: 3 }] }) }))
    .status
}

it('who writes a rule that throws sees why the endpoint answers 500', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const wrong = new Error('no such tenant')
  const url = 'http://app.test/api/policy'
  const authorize = (): never => {
    throw wrong
  }
  server.use(...policyHandlers({ url, authorize }))
  expect(await ask()).toBe(500)
  expect(shown).toHaveBeenCalledExactlyOnceWith(wrong)
  const onError = vi.fn<(error: unknown) => void>()
  server.use(...policyHandlers({ url, authorize, onError }))
  expect(await ask()).toBe(500)
  expect(onError).toHaveBeenCalledExactlyOnceWith(wrong)
  expect(shown).toHaveBeenCalledOnce()
  shown.mockRestore()
})

it('a test that sets the date can upload: who signs reads the same clock as storage', async () => {
  const emulator = createEmulator()
  server.use(...cosHandlers({ emulator }), ...policyHandlers({ url: 'http://app.test/api/policy', emulator }))
  vi.setSystemTime('2020-02-29T12:00:00Z')
  onTestFinished(() => void vi.useRealTimers())
  const files = [{ name: 'a.png', type: 'image/png', size: 3 }]
  const { posts } = await (await fetch('http://app.test/api/policy', { method: 'POST', body: JSON.stringify({ files }) })).json()
  const form = new FormData()
  for (const [name, value] of Object.entries<string>(posts[0].fields)) form.append(name, value)
  form.append('file', new Blob(['abc']))
  expect((await fetch(posts[0].url, { method: 'POST', body: form })).status).toBe(204)
})

it.each([undefined, 'films-1250000000'])('signs for a bucket of the emulator’s own, with its key: %s', async (named) => {
  const account = { secretId: 'AKIDown', secretKey: 'a-secret-key-of-thirty-two-chars' }
  const buckets = [
    { name: 'photos-1250000000', region: 'ap-beijing' },
    { name: 'films-1250000000', region: 'eu-frankfurt' },
  ]
  const emulator = createEmulator({ config: { credentials: [{ ...account, secretId: 'AKIDtemporary', token: 't' }, account], buckets } })
  const url = 'http://app.test/api/policy'
  server.use(...cosHandlers({ emulator }), ...policyHandlers({ url, emulator, ...(named !== undefined && { bucket: named }) }))
  const files = [{ name: 'a.png', type: 'image/png', size: 3 }]
  const { posts } = await (await fetch(url, { method: 'POST', body: JSON.stringify({ files }) })).json()
  const form = new FormData()
  for (const [name, value] of Object.entries<string>(posts[0].fields)) form.append(name, value)
  form.append('file', new Blob(['abc']))
  expect((await fetch(posts[0].url, { method: 'POST', body: form })).status).toBe(204)
  const { name, region } = named === undefined ? buckets[0]! : buckets[1]!
  expect(posts[0].url).toContain(`${name}.cos.${region}.`)
})
