// @vitest-environment jsdom
import { afterAll, expect, it } from 'vitest'
import { startEmulator } from '../../node.ts'

const running = await startEmulator({ port: 0 })
afterAll(() => running.close())

it('stores and refuses in a test under jsdom, whose Uint8Array is not that of Node', async () => {
  const refused = await fetch(`${running.url}/examplebucket-1250000000/`, { method: 'POST', body: 'no form' })
  expect(await refused.text()).toContain('<Error>')
  const put = await fetch(`${running.url}/examplebucket-1250000000/a`, { method: 'PUT', body: 'hello' })
  expect(await put.text()).toContain('AccessDenied')
  expect(running.emulator.service.log.entries().map(({ outcome }) => outcome.kind)).toEqual(['refused', 'refused'])
})
