import { expect, test, vi } from 'vitest'
import { createUploader } from './create-uploader.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import { createScriptedTransport } from './testing/scripted-transport.ts'

vi.mock('./hashing/prove-file.ts', () => {
  throw new Error('The network is gone.')
})

test('where the page cannot load what hashes, files are sent without proof, and destroy throws nothing at the page', async () => {
  const thrown: unknown[] = []
  const note = (error: unknown): void => void thrown.push(error)
  process.on('unhandledRejection', note)
  try {
    const uploader = createUploader({
      policy: createScriptedPolicySource({ clock: createManualClock() }).source,
      transport: createScriptedTransport((request) => request.succeed({ ETag: '"e"', 'x-cos-hash-crc64ecma': '42' })).transport,
    })
    const [item] = await uploader.upload([new File(['a'], 'a')])
    expect(item).toMatchObject({ status: 'success', result: { integrity: 'unavailable' } })
    uploader.destroy()
    // Node tells of rejections that nobody handles once the turn is over.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(thrown).toEqual([])
  } finally {
    process.off('unhandledRejection', note)
  }
})
