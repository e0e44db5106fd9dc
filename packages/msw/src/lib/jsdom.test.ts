// @vitest-environment jsdom
import { createEmulator } from '@cosdrop/emulator'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cosHandlers } from './cos-handlers.ts'
import { policyHandlers } from './policy-handlers.ts'

const emulator = createEmulator()
const server = setupServer(...cosHandlers({ emulator }), ...policyHandlers({ url: '/api/policy', emulator }))
beforeAll(() => server.listen())
afterAll(() => server.close())

it('a refusal arrives in jsdom, whose Uint8Array is another than that of TextEncoder', async () => {
  expect(new TextEncoder().encode('') instanceof Uint8Array).toBe(false)
  emulator.service.faults.add({ kind: 'slow-down', method: 'POST', times: 1 })
  const xhr = new XMLHttpRequest()
  const ended = new Promise((resolve) => xhr.addEventListener('loadend', resolve))
  xhr.open('POST', 'https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/')
  xhr.send('a')
  await ended
  expect([xhr.status, xhr.responseText]).toEqual([503, expect.stringContaining('<Code>SlowDown</Code>')])
})

it("the policy endpoint of the page's own origin answers, as the README has it", async () => {
  const reply = await fetch('/api/policy', { method: 'POST', body: JSON.stringify({ files: [{ name: 'a.png', type: '', size: 3 }] }) })
  expect(await reply.json()).toMatchObject({ posts: [{ fields: { 'Content-Type': 'image/png' } }] })
})
