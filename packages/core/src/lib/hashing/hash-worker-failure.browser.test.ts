import { expect, test, vi } from 'vitest'
import { workerHasher } from './worker-hasher.ts'

test('goes on with the page when the script of the worker cannot be loaded', async () => {
  const RealWorker = globalThis.Worker
  vi.spyOn(globalThis, 'Worker').mockImplementation(function (_url, options) {
    return new RealWorker(URL.createObjectURL(new Blob(['throw new Error("broken")'], { type: 'text/javascript' })), options)
  })
  const signal = new AbortController().signal
  const crcs = await Promise.all([workerHasher(new Blob(['123456789']), { signal }), workerHasher(new Blob(['[Object Content]']), { signal })])
  expect(crcs).toEqual([{ crc64: '11051210869376104954' }, { crc64: '16749565679157681890' }])
})
