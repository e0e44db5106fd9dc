import { expect, test } from 'vitest'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

test('who adds a file offline is told so, though the file is not to start yet', async () => {
  const { uploader, run, network } = createUploaderFixture({ autoUpload: false })
  network.goOffline()
  uploader.add(files(['a']))
  await run()
  uploader.start()
  uploader.pause()
  await run()
  expect(uploader.getSnapshot().offline).toBe(true)
})

test('who adds a file to a paused list is not told of a network that was gone before the list was destroyed', async () => {
  const { uploader, run, network } = createUploaderFixture()
  uploader.add(files(['a']))
  await run()
  network.goOffline()
  uploader.pause()
  uploader.destroy()
  network.goOnline()
  expect(uploader.getSnapshot().offline).toBe(true)
  uploader.add(files(['b']))
  await run()
  expect(uploader.getSnapshot().offline).toBe(false)
})

test('an uploader that has no file yet, or was destroyed, is not kept by the network, whatever options it is given', () => {
  const { uploader, network, connectivity, policy } = createUploaderFixture()
  const options = { policy: policy.source, connectivity }
  uploader.setOptions(options)
  expect(network.listeners()).toBe(0)
  uploader.add(files(['a']))
  uploader.destroy()
  uploader.setOptions({ ...options })
  expect(network.listeners()).toBe(0)
})
