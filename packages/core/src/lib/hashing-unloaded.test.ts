import { expect, test, vi } from 'vitest'
import { createUploader } from './create-uploader.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createScriptedPolicySource } from './testing/scripted-policy-source.ts'
import { createScriptedTransport } from './testing/scripted-transport.ts'

const network = vi.hoisted(() => ({ gone: true }))
vi.mock('./hashing/prove-file.ts', (importOriginal) => {
  if (network.gone) throw new Error('The network is gone.')
  return importOriginal()
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

test('a file that is sent again when the network is back is proved, though what hashes could not be loaded the first time', async () => {
  network.gone = true
  const clock = createManualClock()
  const storage = createScriptedTransport((request) => {
    if (network.gone) request.fail('network')
    else request.succeed({ ETag: '"e"', 'x-cos-hash-crc64ecma': '42' })
  })
  const uploader = createUploader({
    clock,
    probe: false,
    policy: createScriptedPolicySource({ clock }).source,
    hasher: () => Promise.resolve({ crc64: '42' }),
    transport: storage.transport,
  })
  const [id = ''] = uploader.add([new File(['a'], 'a')])
  await vi.waitFor(() => expect(uploader.getItem(id)?.status).toBe('retrying'))
  network.gone = false
  uploader.retry(id)
  await vi.waitFor(() => expect(uploader.getItem(id)).toMatchObject({ status: 'success', result: { integrity: 'verified' } }))
  uploader.destroy()
})
