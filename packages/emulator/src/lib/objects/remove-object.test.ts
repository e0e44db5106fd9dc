import { expect, it } from 'vitest'
import { demoWith } from '../conformance/demo-with.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import { MemoryStorage } from '../storage/memory-storage.ts'
import { signedPost, signedRequest } from '../testing/signed-request.ts'

it('what was deleted stays deleted where an earlier run had kept versions, and those can still be had', async () => {
  const storage = new MemoryStorage()
  const start = (versioning: 'enabled' | 'off'): Emulator => createEmulator({ storage, config: demoWith({ versioning }) })
  const first = await start('enabled').fetch(signedPost({ key: 'a' }))
  const emulator = start('off')
  const get = (params: readonly (readonly [string, string])[] = []): Promise<Response> => emulator.fetch(signedRequest({ key: 'a', params }))
  await emulator.fetch(signedPost({ key: 'a', file: new Blob(['newer']) }))
  expect(await (await get()).text()).toBe('newer')
  expect((await emulator.fetch(signedRequest({ key: 'a', method: 'DELETE' }))).status).toBe(204)
  expect((await get()).status).toBe(404)
  expect(await (await get([['versionId', first.headers.get('x-cos-version-id') ?? '']])).text()).toBe('[Object Content]')
})
