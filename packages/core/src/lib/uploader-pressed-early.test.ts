import { expect, test, vi } from 'vitest'
import type { ConfirmPort } from './confirm/confirm-port.ts'
import { createUploaderFixture, files, numbered } from './testing/uploader-fixture.ts'
import type { UploaderOptions } from './uploader.ts'

/** A part of the page that does not come the first time, and the second time only after a while. */
const page = vi.hoisted(() => ({ part: '', calls: 0, misses: 1, slow: Promise.resolve() }))
vi.mock('./lazily.ts', () => ({
  lazily: (load: () => Promise<object>) => async () => {
    if (!page.part || !String(load).includes(page.part)) return load()
    page.calls += 1
    if (page.calls <= page.misses) throw new TypeError('Failed to fetch dynamically imported module')
    await page.slow
    return load()
  },
}))

test.each<[string, string, Partial<UploaderOptions>]>([
  ['sends', 'upload-runner', {}],
  ['hashes', 'prove-file', { contentMd5: true }],
])('a file that is wanted at once while the page still loads what %s is sent once', async (_, part, options) => {
  let bring = (): void => {}
  Object.assign(page, { part, calls: 0, slow: new Promise<void>((resolve) => (bring = resolve)) })
  const { uploader, clock, run, storage, items } = createUploaderFixture(options)
  const [a] = uploader.add(files(['a']))
  await run()
  expect(items()).toMatchObject([{ status: 'retrying', attempt: 1 }])
  // Its wait is over, and it holds a slot.
  await clock.advance(5_000)
  expect(page.calls).toBe(2)
  uploader.retry(a)
  await run()
  bring()
  await vi.waitFor(() => expect(storage.active()).not.toHaveLength(0))
  await run()
  expect(storage.requests).toHaveLength(1)
  storage.last().succeed()
  await run()
  uploader.add(files(['b', 'c', 'd']))
  // All three slots came back.
  await vi.waitFor(async () => {
    await run()
    expect(storage.active()).toHaveLength(3)
  })
})

test('a file whose queue is paused while the page still loads what sends does not start', async () => {
  let bring = (): void => {}
  Object.assign(page, { part: 'upload-runner', calls: 0, misses: 0, slow: new Promise<void>((resolve) => (bring = resolve)) })
  const { uploader, run, statuses, policy } = createUploaderFixture()
  const [, b] = uploader.add(files(['a', 'b']))
  await run()
  uploader.pause()
  uploader.cancel(b!)
  bring()
  // The part, and who waits for it.
  for (let round = 0; round < 3; round += 1) await run()
  expect(statuses()).toEqual(['queued', 'canceled'])
  uploader.resume()
  await run()
  expect(statuses()).toEqual(['uploading', 'canceled'])
  expect(policy.requests).toMatchObject([{ files: [{ name: 'a' }] }])
  page.misses = 1
})

test('a file that is to wait can be started, though what examines it did not come the first time', async () => {
  Object.assign(page, { part: 'admission', calls: 0, slow: Promise.resolve() })
  const { uploader, clock, run, statuses } = createUploaderFixture({ autoUpload: false, restrictions: { validate: () => null } })
  uploader.add(files(['a']))
  await run()
  expect(statuses()).toEqual(['retrying'])
  await clock.advance(5_000)
  expect([statuses(), uploader.getSnapshot().totals.unstarted]).toEqual([['queued'], 1])
  uploader.start()
  await run()
  expect(statuses()).toEqual(['uploading'])
})

test('nor is it forgotten that it was started before that came', async () => {
  Object.assign(page, { part: 'admission', calls: 0, slow: Promise.resolve() })
  const { uploader, clock, run, statuses } = createUploaderFixture({ autoUpload: false, restrictions: { validate: () => null } })
  uploader.add(files(['a']))
  await run()
  expect([statuses(), uploader.getSnapshot().totals.unstarted]).toEqual([['retrying'], 1])
  uploader.start()
  await clock.advance(5_000)
  await run()
  expect(statuses()).toEqual(['uploading'])
})

test('an upload in doubt is asked about once, though a person presses while the page still loads what asks', async () => {
  let bring = (): void => {}
  Object.assign(page, { part: 'confirm-upload', calls: 1, slow: new Promise<void>((resolve) => (bring = resolve)) })
  let asked = 0
  const confirm: ConfirmPort = () => {
    asked += 1
    return new Promise(() => {})
  }
  const { uploader, run, storage, network } = createUploaderFixture({ confirm })
  const [a] = uploader.add(files(['a']))
  await run()
  network.goOffline()
  storage.last().fail('outcome-unknown')
  await run()
  network.goOnline()
  await run()
  uploader.retry(a)
  await run()
  bring()
  await run()
  expect(asked).toBe(1)
})

test('a minute in which the sending part cannot be loaded takes no file with it', async () => {
  Object.assign(page, { part: 'upload-runner', calls: 0, misses: Infinity, slow: Promise.resolve() })
  const { uploader, clock, statuses } = createUploaderFixture({}, { answer: (request) => request.succeed() })
  uploader.add(numbered(100))
  for (let second = 0; second < 60; second++) await clock.advance(1_000)
  page.misses = 0
  for (let second = 0; second < 60; second++) await clock.advance(1_000)
  expect(new Set(statuses())).toEqual(new Set(['success']))
})

test('a file that is started again while the page still loads what sends is sent once', async () => {
  let bring = (): void => {}
  Object.assign(page, { part: 'upload-runner', calls: 0, misses: 0, slow: new Promise<void>((resolve) => (bring = resolve)) })
  const { uploader, run, storage } = createUploaderFixture()
  const [a] = uploader.add(files(['a']))
  await run()
  uploader.start(a)
  await run()
  bring()
  await vi.waitFor(() => expect(storage.active()).not.toHaveLength(0))
  await run()
  expect(storage.requests).toHaveLength(1)
  uploader.add(files(['b', 'c']))
  await run()
  // No slot is lost.
  expect(storage.active()).toHaveLength(3)
})

test('a file that is started while what examines it does not load waits once for another try', async () => {
  Object.assign(page, { part: 'admission', calls: 0, misses: Infinity, slow: Promise.resolve() })
  const { uploader, run, clock, statuses } = createUploaderFixture({ autoUpload: false, restrictions: { validate: () => null } })
  const [a] = uploader.add(files(['a']))
  uploader.start(a)
  await run()
  expect(statuses()).toEqual(['retrying'])
  uploader.cancel(a)
  await clock.advance(16)
  expect(clock.pending()).toBe(0)
})
