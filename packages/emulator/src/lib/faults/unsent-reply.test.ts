import { expect, it, vi } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'
import { createEmulator } from '../emulator.ts'
import { MemoryStorage } from '../storage/memory-storage.ts'
import { signedPost, signedRequest } from '../testing/signed-request.ts'
import { cutReply } from './spoil-reply.ts'

it('a reply that a fault keeps from being sent lets go of what it would have been read from', async () => {
  const storage = new MemoryStorage()
  const release = vi.fn<() => Promise<IteratorResult<Uint8Array, undefined>>>(() => Promise.resolve({ done: true, value: undefined }))
  vi.spyOn(storage, 'readBlob').mockReturnValue({ [Symbol.asyncIterator]: () => ({ next: release, return: release }) })
  const emulator = createEmulator({ storage, config: { ...demoConfig, faults: [{ kind: 'reset', when: 'after-store', method: 'GET' }] } })
  await emulator.fetch(signedPost({ key: 'a' }))
  await expect(emulator.fetch(signedRequest({ key: 'a' }))).rejects.toThrow('reset after-store')
  expect(release).toHaveBeenCalledOnce()
})

it('a reply that was to break off lets go of it, too, when its client is gone before the first byte', async () => {
  const release = vi.fn<() => Promise<IteratorResult<Uint8Array, undefined>>>(() => Promise.resolve({ done: true, value: undefined }))
  const source = { [Symbol.asyncIterator]: () => ({ next: release, return: release }) }
  const { body } = cutReply({ status: 200, headers: {}, body: source }, 4)
  if (body === null || ArrayBuffer.isView(body)) throw new Error('not streamed')
  await body[Symbol.asyncIterator]().return?.()
  expect(release).toHaveBeenCalledOnce()
})
