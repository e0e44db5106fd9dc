import { readErrorXml } from '@cosdrop/protocol'
import { expect, it, vi } from 'vitest'
import { createEmulator } from '../emulator.ts'
import { signedPost, signedRequest } from '../testing/signed-request.ts'

it('refuses files of 128 MB and more, which only the asynchronous job takes', async () => {
  const emulator = createEmulator()
  await emulator.fetch(signedPost({ key: 'film.mp4' }))
  const [record] = emulator.service.storage.versionsOf('examplebucket-1250000000', 'film.mp4')
  if (record?.kind !== 'object') throw new Error('the object is not there')
  const ask = (): Promise<Response> => {
    const params = [
      ['ci-process', 'filehash'],
      ['type', 'md5'],
    ] as const
    return emulator.fetch(signedRequest({ key: 'film.mp4', params }))
  }
  // The record says so; 128 MB of bytes would only slow the test down.
  await emulator.service.storage.update(record, () => ({ ...record, size: 128 * 1024 * 1024 }))
  const reply = await ask()
  expect([reply.status, readErrorXml(await reply.text())?.code]).toEqual([400, 'InvalidArgument'])
  await emulator.service.storage.update(record, () => ({ ...record, size: 128 * 1024 * 1024 - 1 }))
  expect((await ask()).status).toBe(200)
})

it('keeps a hash with the bytes that were hashed, not with those that overwrote them meanwhile', async () => {
  const emulator = createEmulator()
  const { storage } = emulator.service
  const post = (text: string): Promise<Response> => emulator.fetch(signedPost({ key: 'a', file: new Blob([text]) }))
  await post('old')
  const readBlob = storage.readBlob.bind(storage)
  vi.spyOn(storage, 'readBlob').mockImplementationOnce(async function* (...which) {
    yield* readBlob(...which)
    await post('new')
  })
  const params = [
    ['ci-process', 'filehash'],
    ['type', 'md5'],
    ['addtoheader', 'true'],
  ] as const
  expect((await emulator.fetch(signedRequest({ key: 'a', params }))).status).toBe(200)
  const reply = await emulator.fetch(signedRequest({ key: 'a' }))
  expect([await reply.text(), reply.headers.get('x-cos-meta-md5')]).toEqual(['new', null])
})
