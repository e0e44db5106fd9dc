import { describe, expect, test } from 'vitest'
import { createManualClock } from './testing/manual-clock.ts'
import type { ScriptedRequest } from './testing/scripted-transport.ts'
import { createUploaderFixture, numbered, type UploaderFixture } from './testing/uploader-fixture.ts'
import type { UploaderOptions } from './uploader.ts'

type Trouble = (request: ScriptedRequest) => void

const unreachable: Trouble = (request) => request.fail('network')
const slowDown: Trouble = (request) => request.refuse(503, 'SlowDown')

/** Storage that is in trouble until so many milliseconds have passed. */
function troubled(until: number, trouble: Trouble, options: Partial<UploaderOptions> = {}): UploaderFixture {
  const clock = createManualClock()
  const answer = (request: ScriptedRequest): void => (clock.now() < until ? trouble(request) : request.succeed())
  return { ...createUploaderFixture({ clock, concurrency: 6, probe: false, ...options }, { answer }), clock }
}

/** Second by second: what a part of the engine takes to load is no time on this clock. */
async function pass({ clock }: UploaderFixture, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) await clock.advance(1_000)
}

const failed = ({ statuses }: UploaderFixture): number => statuses().filter((status) => status === 'error').length

describe('storage in trouble', () => {
  test.each([
    ['cannot be reached', unreachable],
    ['asks for less', slowDown],
  ])('that %s for a minute takes a few of a thousand files with it, and not all', async (_how, trouble) => {
    const list = troubled(60_000, trouble)
    list.uploader.add(numbered(1_000, 1))
    await pass(list, 60)
    expect(list.storage.requests.length).toBeLessThan(60)
    await pass(list, 60)
    expect(list.statuses()).not.toContain('queued')
    expect(list.statuses()).not.toContain('retrying')
    expect(failed(list)).toBeLessThan(10)
  })

  test('that does not come back is not waited for in vain: after some minutes every file has its error', async () => {
    const list = troubled(Infinity, unreachable)
    list.uploader.add(numbered(1_000, 1))
    await pass(list, 180)
    expect(failed(list)).toBe(1_000)
  })

  test('that fails one file alone, each time, is not asked again for ever because the others are stored', async () => {
    const list = troubled(Infinity, (request) => (request.key.endsWith('/0.bin') ? request.refuse(500, 'InternalError') : undefined))
    list.uploader.add(numbered(1_000, 1))
    for (let second = 0; second < 60; second++) {
      for (const request of list.storage.active()) request.succeed()
      await list.clock.advance(1_000)
    }
    expect([list.statuses()[0], list.statuses().at(-1)]).toEqual(['error', 'queued'])
  })

  test('that takes one file a second gets every one of them, however often the others are refused', async () => {
    let taken = -1
    const list = troubled(Infinity, (request) => {
      const second = Math.floor(list.clock.now() / 1_000)
      if (second === taken) return request.refuse(503, 'SlowDown', 'Reduce your request rate.', { 'Retry-After': '1' })
      taken = second
      request.succeed()
    })
    list.uploader.add(numbered(40, 1))
    await pass(list, 300)
    expect(list.statuses()).toEqual(Array.from({ length: 40 }, () => 'success'))
    for (const event of list.events) if (event.type === 'upload-retried') expect(event.item.attempt).toBeLessThanOrEqual(event.item.maxAttempts)
  })

  test('that asks for less of one file alone, for ever, gives that one its error once the others are stored', async () => {
    const list = troubled(Infinity, (request) => (request.key.endsWith('/0.bin') ? slowDown(request) : request.succeed()))
    list.uploader.add(numbered(20, 1))
    await pass(list, 120)
    expect(list.statuses()).toEqual(['error', ...Array.from({ length: 19 }, () => 'success')])
  })

  test('that asks for less of some files alone, for ever, is not sent these all the time, and has soon stored the others', async () => {
    const answer = (request: ScriptedRequest): void => (/\/[0-9]\.bin$/.test(request.key) ? slowDown(request) : request.succeed())
    const list = troubled(Infinity, (request) => void list.clock.after(200, () => answer(request)))
    list.uploader.add(numbered(600, 1))
    await pass(list, 60)
    expect(list.statuses().filter((status) => status === 'success')).toHaveLength(590)
    expect(list.storage.requests.length).toBeLessThan(700)
    await pass(list, 180)
    expect(failed(list)).toBe(10)
  })

  test('for some files alone does not hold the others, though they come first', async () => {
    // As a proxy that resets what it does not like.
    const list = troubled(Infinity, (request) => (/\/[0-5]\.bin$/.test(request.key) ? unreachable(request) : request.succeed()), { concurrency: 3 })
    list.uploader.add(numbered(200, 1))
    await pass(list, 30)
    expect(list.statuses().slice(6)).toEqual(Array.from({ length: 194 }, () => 'success'))
  })

  test('for one file alone holds nobody', async () => {
    const list = troubled(Infinity, (request) => (request.key.endsWith('/0.bin') ? unreachable(request) : undefined), { concurrency: 1 })
    list.uploader.add(numbered(4))
    await list.run()
    expect(list.statuses()).toEqual(['retrying', 'uploading', 'queued', 'queued'])
  })

  test('for one file alone costs that its place: it goes on before those that came after it', async () => {
    const list = troubled(Infinity, () => {}, { concurrency: 1 })
    list.uploader.add(numbered(3))
    await list.run()
    list.storage.last().fail('network')
    await pass(list, 1)
    expect(list.storage.last().form.filename).toBe('1.bin')
    list.storage.last().succeed()
    await list.run()
    expect(list.storage.last().form.filename).toBe('0.bin')
  })

  test('is looked at by who has not failed yet, though those that have are first in line again', async () => {
    const list = troubled(Infinity, unreachable, { concurrency: 1 })
    list.uploader.add(numbered(4))
    await list.clock.advance(600)
    expect(list.storage.requests.map(({ form }) => form.filename)).toEqual(['0.bin', '1.bin', '2.bin'])
  })

  test('is looked at as often as the app’s own retries may wait, at least', async () => {
    const list = troubled(Infinity, unreachable, { concurrency: 1, retry: { attempts: 100, baseDelay: 1_000, maxDelay: 2_000 } })
    list.uploader.add(numbered(1_000, 1))
    await pass(list, 60)
    expect(list.storage.requests.length).toBeGreaterThan(40)
  })

  test('is not waited for once somebody was stored, or somebody presses retry', async () => {
    const list = troubled(Infinity, () => {}, { concurrency: 4 })
    const ids = list.uploader.add(numbered(20))
    const { storage } = list
    await list.run()
    const [slow] = storage.active()
    for (const request of storage.active().slice(1)) request.fail('network')
    await list.run()
    for (const request of storage.active().slice(1)) request.fail('network')
    await list.run()
    expect(storage.active()).toEqual([slow])
    list.uploader.retry(ids[1])
    await list.run()
    expect(storage.active()).toHaveLength(4)

    for (const request of storage.active().slice(1)) request.fail('network')
    await list.run()
    for (const request of storage.active().slice(1)) request.fail('network')
    await list.run()
    expect(storage.active()).toEqual([slow])
    slow?.succeed()
    await list.run()
    expect(storage.active()).toHaveLength(4)
  })

  test('is looked at by one file after the other, and by another one where the first takes long', async () => {
    const list = troubled(Infinity, () => {}, { concurrency: 2 })
    list.uploader.add(numbered(10))
    for (let round = 0; round < 2; round++) {
      await list.run()
      for (const request of list.storage.active()) request.fail('network')
    }
    await list.run()
    expect(list.storage.active()).toHaveLength(0)
    await list.clock.advance(500)
    expect(list.storage.active()).toHaveLength(1)
    await list.clock.advance(500)
    expect(list.storage.active()).toHaveLength(2)
  })

  test('is not waited for by who presses retry while nothing has failed for good', async () => {
    const list = troubled(20_000, unreachable)
    list.uploader.add(numbered(20, 1))
    await pass(list, 20)
    list.uploader.retry()
    await list.run()
    expect(list.statuses()).not.toContain('queued')
  })

  test('is not waited for when the device is back on a network', async () => {
    const list = troubled(21_000, unreachable)
    list.uploader.add(numbered(20, 1))
    await pass(list, 20)
    list.network.goOffline()
    await pass(list, 1)
    list.network.goOnline()
    await list.run()
    expect(list.statuses()).not.toContain('queued')
  })

  test('leaves no timer behind', async () => {
    const list = troubled(Infinity, unreachable)
    list.uploader.add(numbered(20))
    await pass(list, 5)
    list.uploader.destroy()
    await list.clock.advance(16)
    expect(list.clock.pending()).toBe(0)
  })

  test('is no matter where nothing is tried twice', async () => {
    const list = troubled(Infinity, unreachable, { retry: false })
    list.uploader.add(numbered(100))
    await list.run()
    expect(failed(list)).toBe(100)
  })
})

test('one at a time is sent to see for two minutes at most, however long the app lets a file wait', async () => {
  const clock = createManualClock()
  const { uploader, storage } = createUploaderFixture(
    { clock, probe: false, concurrency: 2, retry: { attempts: 20, baseDelay: 60_000, maxDelay: 3_600_000 } },
    { answer: (request) => request.fail('network') },
  )
  uploader.add(numbered(100))
  for (let second = 0; second < 150; second++) await clock.advance(1_000)
  expect(new Set(storage.requests.map(({ key }) => key)).size).toBe(100)
})

test('others go on when somebody presses retry for a file that is refused then', async () => {
  let good = true
  const { uploader, storage, clock, run, statuses } = createUploaderFixture({
    concurrency: 1,
    restrictions: { validate: async (_file, { name }) => (name !== '9.bin' || good ? null : { code: 'no', message: 'no' }) },
  })
  const ids = uploader.add(numbered(10, 1))
  uploader.cancel(ids[9])
  good = false
  await run()
  // Replies are lost: that is for a person to decide, and nothing of it is tried again.
  storage.last().fail('outcome-unknown')
  await run()
  storage.last().fail('outcome-unknown')
  await run()
  expect(statuses().slice(0, 3)).toEqual(['error', 'error', 'queued'])
  uploader.retry(ids[9])
  await clock.advance(3_600_000)
  expect(statuses().slice(0, 3)).toEqual(['error', 'error', 'uploading'])
})

test('conflicts of one key hold nobody', async () => {
  const { uploader, storage, run, clock } = createUploaderFixture({ concurrency: 3, random: () => 0.99 })
  uploader.add(numbered(10))
  await run()
  storage.requests[0]!.refuse(409, 'UploadConflict')
  storage.requests[1]!.refuse(409, 'UploadConflict')
  await run()
  await clock.advance(10)
  expect(storage.active()).toHaveLength(3)
  storage.active()[1]!.refuse(409, 'UploadConflict')
  await run()
  await clock.advance(10)
  expect(storage.active()).toHaveLength(3)
})

test('storage in trouble an hour after another trouble is looked at by one file at a time, too', async () => {
  const clock = createManualClock()
  let down = true
  const { uploader, statuses } = createUploaderFixture(
    { clock, probe: false, concurrency: 6 },
    { answer: (request) => (down ? request.fail('network') : request.succeed()) },
  )
  // One file fails for good.
  uploader.add(numbered(1, 1))
  for (let second = 0; second < 60; second++) await clock.advance(1_000)
  expect(statuses()).toEqual(['error'])
  await clock.advance(3_600_000)
  uploader.add(numbered(1_000, 1))
  for (let second = 0; second < 60; second++) await clock.advance(1_000)
  down = false
  for (let second = 0; second < 120; second++) await clock.advance(1_000)
  expect(statuses().filter((status) => status === 'error').length).toBeLessThan(10)
})

test('an outage takes no files with it either where the failure before it was minutes ago', async () => {
  const { uploader, clock, storage, statuses } = createUploaderFixture(
    { concurrency: 1, probe: false },
    { answer: (request) => void (request.key.endsWith('/1.bin') || request.fail('network')) },
  )
  uploader.add(numbered(100))
  await clock.advance(150_000)
  expect(storage.active()).toHaveLength(1)
  storage.active()[0]!.fail('network')
  await clock.advance(10_000)
  expect(storage.requests.length).toBeLessThan(20)
  expect(statuses()).not.toContain('error')
})
