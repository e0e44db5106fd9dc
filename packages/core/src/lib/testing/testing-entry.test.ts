import { afterEach, expect, test, vi } from 'vitest'
import { createUploader } from '../../index.ts'
import { createManualClock, createScriptedPolicySource, createScriptedTransport } from '../../testing.ts'

afterEach(() => vi.unstubAllGlobals())

// The example of the README.
test('an app can play a broken connection and a second attempt without waiting for either', async () => {
  const clock = createManualClock()
  const storage = createScriptedTransport()
  const uploader = createUploader({ policy: createScriptedPolicySource({ clock }).source, transport: storage.transport, clock })
  const [id = ''] = uploader.add([new File(['hello'], 'a.txt')])
  await clock.advance(0)
  storage.last().fail('network')
  await clock.advance(60_000)
  storage.last().succeed()
  await clock.advance(0)
  await expect.poll(() => uploader.getItem(id)?.status).toBe('success')
  uploader.destroy()
})

test("an app tested in Jest's jsdom, which has no MessageChannel, moves time all the same", async () => {
  vi.stubGlobal('MessageChannel', undefined)
  const clock = createManualClock()
  const storage = createScriptedTransport()
  const uploader = createUploader({ policy: createScriptedPolicySource({ clock }).source, transport: storage.transport, clock })
  const [id = ''] = uploader.add([new File(['hello'], 'a.txt')])
  await clock.advance(0)
  storage.last().succeed()
  await clock.advance(0)
  await expect.poll(() => uploader.getItem(id)?.status).toBe('success')
  uploader.destroy()
})
