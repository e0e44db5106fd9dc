import { expect, test } from 'vitest'
import { createDisk } from './testing/recovery-disk.ts'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

test('without autoUpload a file waits until it is started, one or all', async () => {
  const { uploader, run, statuses } = createUploaderFixture({ autoUpload: false, concurrency: 5 })
  const [, b] = uploader.add(files(['a', 'b', 'c']))
  await run()
  expect(statuses()).toEqual(['queued', 'queued', 'queued'])
  uploader.start(b)
  await run()
  expect(statuses()).toEqual(['queued', 'uploading', 'queued'])
  uploader.start()
  await run()
  expect(statuses()).toEqual(['uploading', 'uploading', 'uploading'])
})

test('without autoUpload a file that was canceled before it was started is sent when it is retried', async () => {
  const { uploader, run, statuses } = createUploaderFixture({ autoUpload: false })
  const [a] = uploader.add(files(['a']))
  uploader.cancel(a)
  uploader.retry(a)
  await run()
  expect(statuses()).toEqual(['uploading'])
})

test('which files wait for start() is told, by each and by their number, until they are started, canceled or taken out', async () => {
  const { uploader, run, items } = createUploaderFixture({ autoUpload: false, concurrency: 5 })
  const waiting = (): readonly unknown[] => [uploader.getSnapshot().totals.unstarted, ...items().map(({ unstarted = false }) => unstarted)]
  const [a, b, c] = uploader.add(files(['a', 'b', 'c', 'd']))
  expect(waiting()).toEqual([4, true, true, true, true])
  uploader.start(a)
  uploader.cancel(b)
  uploader.remove(c!)
  await run()
  expect(waiting()).toEqual([1, false, false, true])
  uploader.start()
  expect(waiting()).toEqual([0, false, false, false])
  uploader.retry(b)
  await run()
  expect(items().map(({ status }) => status)).toEqual(['uploading', 'uploading', 'uploading'])
})

test('what was added to wait does so also when the app lets files start by themselves by now, and who is uploaded by name never waits', async () => {
  const { uploader, run, statuses, policy, storage, clock, connectivity } = createUploaderFixture({ autoUpload: false })
  const options = { policy: policy.source, transport: storage.transport, clock, connectivity }
  uploader.add(files(['a']))
  uploader.setOptions(options)
  uploader.add(files(['b']))
  await run()
  expect([statuses(), uploader.getSnapshot().totals.unstarted]).toEqual([['queued', 'uploading'], 1])
  uploader.setOptions({ ...options, autoUpload: false })
  void uploader.upload(files(['c']))
  expect(uploader.getSnapshot().totals.unstarted).toBe(1)
})

test('what an earlier page left waits for start() where files do, and is told so', async () => {
  const recovery = createDisk()
  const before = createUploaderFixture({ recovery })
  before.uploader.add(files(['a']))
  await before.run()
  before.uploader.destroy()
  await before.run()
  const { uploader, run, items } = createUploaderFixture({ recovery, autoUpload: false })
  await uploader.restore()
  await run()
  expect(items()).toMatchObject([{ status: 'queued', unstarted: true }])
})

test('all that were started having ended is told, though others wait to be', async () => {
  const { uploader, run, storage, events } = createUploaderFixture({ autoUpload: false, retry: false })
  const settled = (): readonly string[] =>
    events.flatMap((event) => (event.type === 'queue-settled' ? event.items.map(({ name, status }) => `${name} ${status}`).join() : []))
  const [a, b, c] = uploader.add(files(['a', 'b', 'c']))
  uploader.start(a)
  await run()
  expect(settled()).toEqual([])
  storage.last().succeed()
  await run()
  expect(settled()).toEqual(['a success'])
  uploader.cancel(b)
  uploader.start(c)
  await run()
  storage.last().succeed()
  await run()
  expect(settled()).toEqual(['a success', 'b canceled,c success'])
})

test('nobody is told that all is over as a file is canceled or taken out before anything was started', async () => {
  const { uploader, run, told } = createUploaderFixture({ autoUpload: false })
  const [a = '', b = ''] = uploader.add(files(['a', 'b', 'c']))
  await run()
  uploader.remove(a)
  uploader.cancel(b)
  await run()
  expect(told()).toEqual(['files-added', 'upload-canceled', 'item-removed', 'upload-canceled'])
})

test('the time left is that of the files that are sent', async () => {
  const { uploader, clock, storage } = createUploaderFixture({ autoUpload: false })
  const [a = ''] = uploader.add(['a', 'b'].map((name) => Object.defineProperty(new File([], name), 'size', { value: 2e6 })))
  uploader.start(a)
  for (let sent = 0; sent <= 1e6; sent += 1e5) {
    await clock.advance(100)
    storage.last().progress(sent)
  }
  await clock.advance(16)
  expect(uploader.getSnapshot().totals.remainingSeconds).toBeCloseTo(1, 0)
})
