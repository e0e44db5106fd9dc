// @vitest-environment jsdom
import { createServer } from 'node:http'
import { afterAll, expect, it } from 'vitest'
import { toNodeHandler } from './to-node-handler.ts'

const node = toNodeHandler(async (request) => new Response(await request.text()))
const server = createServer((request, response) => void node(request, response))
afterAll(() => server.close())

it('a body arrives in a test under jsdom, whose Uint8Array is not that of Node', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const reply = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'hello' })
  expect(await reply.text()).toBe('hello')
})
