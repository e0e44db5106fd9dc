import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
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
