import { expect, test } from 'vitest'
import { createUploaderFixture, files } from './testing/uploader-fixture.ts'

/** A file of 10 MB at 1 MB/s from where it stands, for so many steps of 100 ms. */
async function send({ clock, storage }: ReturnType<typeof createUploaderFixture>, from: number, steps: number): Promise<void> {
  for (let step = 1; step <= steps; step += 1) {
    await clock.advance(100)
    storage.last().progress((from + step) * 100_000)
  }
  await clock.advance(16)
}

test('the time that signing takes is not counted as standing still: the remaining time is right from the start', async () => {
  let answer = (): void => {}
  const fixture = createUploaderFixture({}, { before: () => new Promise<void>((resolve) => (answer = resolve)) })
  const { uploader, clock } = fixture
  uploader.add(files(['a'], 10_000_000))
  await clock.advance(1_000)
  answer()
  await clock.advance(0)
  await send(fixture, 0, 5)
  const { totals, items } = uploader.getSnapshot()
  expect([...items][0]).toMatchObject({ status: 'uploading', speed: expect.closeTo(1_000_000, -5.5) })
  expect(totals.speed).toBeGreaterThan(700_000)
  expect(totals.remainingSeconds).toBeLessThan(14)
})

test.each(['retry', 'network'])('a file that waits for its %s has no speed and no remaining time', async (what) => {
  const fixture = createUploaderFixture()
  const { uploader, clock, storage, network } = fixture
  uploader.add(files(['a'], 10_000_000))
  await clock.advance(16)
  await send(fixture, 0, 20)
  expect(uploader.getSnapshot().totals.remainingSeconds).not.toBeNull()
  if (what === 'network') network.goOffline()
  if (what === 'network') storage.last().fail('network')
  else storage.last().refuse(503, 'SlowDown', 'SlowDown', { 'retry-after': '200' })
  await clock.advance(100_000)
  expect([...uploader.getSnapshot().items][0]).toMatchObject({ status: 'retrying' })
  expect(uploader.getSnapshot().totals).toMatchObject({ speed: null, remainingSeconds: null })
})

test('a short wait for a retry shows no speed, and is no slow network afterwards', async () => {
  const fixture = createUploaderFixture()
  const { uploader, clock, storage } = fixture
  uploader.add(files(['a'], 10_000_000))
  await clock.advance(16)
  await send(fixture, 0, 20)
  storage.last().refuse(503, 'SlowDown', 'SlowDown', { 'retry-after': '5' })
  await clock.advance(100)
  expect(uploader.getSnapshot().totals).toMatchObject({ active: 1, speed: null, remainingSeconds: null })
  await clock.advance(8_000)
  await send(fixture, 0, 20)
  expect(uploader.getSnapshot().totals.speed).toBeGreaterThan(900_000)
})

test('after a wait for the network the remaining time is that of the speed of now', async () => {
  const fixture = createUploaderFixture()
  const { uploader, clock, storage, network } = fixture
  uploader.add(files(['a'], 10_000_000))
  await clock.advance(16)
  await send(fixture, 0, 20)
  network.goOffline()
  storage.last().fail('network')
  await clock.advance(600_000)
  network.goOnline()
  await clock.advance(16)
  await send(fixture, 0, 5)
  expect(uploader.getSnapshot().totals.remainingSeconds).toBeLessThan(15)
})

test('the speed of all is that of the moment, and not of the frame before it', async () => {
  const fixture = createUploaderFixture()
  fixture.uploader.add(files(['a'], 10_000_000))
  await fixture.clock.advance(16)
  await send(fixture, 0, 20)
  expect(fixture.uploader.getSnapshot().totals.remainingSeconds).toBeCloseTo(8, 0)
})

test('a file whose way tells no progress has no speed that anybody knows', async () => {
  const { uploader, clock, storage } = createUploaderFixture()
  uploader.add(files(['a'], 1_000))
  await clock.advance(16)
  storage.last().progress(null)
  await clock.advance(5_000)
  expect(uploader.getSnapshot().totals).toMatchObject({ speed: null, remainingSeconds: null })
})

test('what has failed is not waited for: the remaining time is that of the others', async () => {
  const fixture = createUploaderFixture()
  fixture.uploader.add(files(['failed', 'a'], 10_000_000))
  await fixture.clock.advance(16)
  fixture.storage.requests[0]?.refuse(403, 'AccessDenied')
  await send(fixture, 0, 20)
  expect(fixture.uploader.getSnapshot().totals.remainingSeconds).toBeCloseTo(8, 0)
})

test('the speed of all is not told to fall while a file goes a way that tells no progress', async () => {
  const fixture = createUploaderFixture()
  const { uploader, clock, storage } = fixture
  uploader.add(files(['silent', 'a'], 10_000_000))
  await clock.advance(16)
  await send(fixture, 0, 20)
  storage.requests[0]?.progress(null)
  await clock.advance(16)
  const { speed } = uploader.getSnapshot().totals
  const told: unknown[] = []
  uploader.subscribe(() => told.push(uploader.getSnapshot().totals.speed))
  await clock.advance(60_000)
  expect([told, clock.pending()]).toEqual([[], 0])
  expect(speed).toBeGreaterThan(700_000)
})

test('who cancels all in mid-upload leaves no timer behind that waits for a word of them', async () => {
  const fixture = createUploaderFixture()
  fixture.uploader.add(files(['a'], 10_000_000))
  await fixture.clock.advance(16)
  await send(fixture, 0, 20)
  fixture.uploader.cancel()
  await fixture.clock.advance(16)
  expect(fixture.clock.pending()).toBe(0)
})

test('what went out in one piece so far has no speed yet, and no remaining time', async () => {
  const fixture = createUploaderFixture()
  fixture.uploader.add(files(['a'], 10_000_000))
  await fixture.clock.advance(1_000)
  await send(fixture, 0, 1)
  expect(fixture.uploader.getSnapshot().totals).toMatchObject({ sentBytes: 100_000, speed: null, remainingSeconds: null })
})

test.each([20, 21])('what stood still after %s looks shows no old speed of its own, once that of all is gone', async (steps) => {
  let answer = (): void => {}
  const fixture = createUploaderFixture({}, { before: () => new Promise<void>((resolve) => (answer = resolve)) })
  const { uploader, clock } = fixture
  uploader.add(files(['a'], 10_000_000))
  // The file is looked at between two looks at all.
  await clock.advance(100)
  answer()
  await clock.advance(0)
  await send(fixture, 0, steps)
  await clock.advance(60_000)
  const { totals, items } = uploader.getSnapshot()
  expect([totals, ...items]).toMatchObject([{ speed: null }, { status: 'uploading', speed: null }])
  expect(clock.pending()).toBe(0)
})
