import { expect, it } from 'vitest'
import { createEmulator } from '../emulator.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { signedPost, signedRequest } from '../testing/signed-request.ts'

it('an object is unchanged for who asks with its own Last-Modified, whatever part of a second it was stored at', async () => {
  const clock = new ManualClock(Date.UTC(2026, 10, 21, 12, 0, 0, 700))
  const emulator = createEmulator({ clock })
  await emulator.fetch(signedPost({ key: 'a', now: clock.now() }))
  const read = (headers: Record<string, string>): Promise<Response> => emulator.fetch(signedRequest({ key: 'a', headers, now: clock.now() }))
  const time = (await read({})).headers.get('last-modified') ?? ''
  expect((await read({ 'If-Modified-Since': time })).status).toBe(304)
  expect((await read({ 'If-Unmodified-Since': time })).status).toBe(200)
  expect((await read({ 'If-Range': time, Range: 'bytes=0-3' })).status).toBe(206)
})
