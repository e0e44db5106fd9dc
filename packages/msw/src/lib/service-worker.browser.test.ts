import { createEmulator } from '@cosdrop/emulator'
import { setupWorker } from 'msw/browser'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bucketOrigin, signedForm, signedRequest } from '../../../emulator/src/lib/testing/signed-request.ts'
import { cosHandlers } from './cos-handlers.ts'
import { policyHandlers } from './policy-handlers.ts'

const emulator = createEmulator()
const worker = setupWorker(...cosHandlers({ emulator }), ...policyHandlers({ url: '/api/cos-policy', emulator }))

beforeAll(async () => {
  const serviceWorker = { url: '/node_modules/msw/lib/mockServiceWorker.js', options: { scope: '/' } }
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass', serviceWorker })
})
afterAll(async () => {
  await worker.stop()
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
})

it('answers a form and a read through a service worker', async () => {
  const reply = await fetch(`${bucketOrigin}/`, { method: 'POST', body: signedForm({ key: 'a.txt' }) })
  expect([reply.status, reply.headers.get('etag')]).toEqual([204, '"ee8de918d05640145b18f70f4c3aa602"'])
  expect(await (await fetch(signedRequest({ key: 'a.txt' }))).text()).toBe('[Object Content]')
})

it("answers the app's own policy endpoint beside it", async () => {
  const body = JSON.stringify({ files: [{ name: 'a.png', type: 'image/png', size: 3 }] })
  const reply = await fetch('/api/cos-policy', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  expect(await reply.json()).toMatchObject({ posts: [{ fields: { 'Content-Type': 'image/png' } }] })
})
